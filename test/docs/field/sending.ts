import {
  createPayClient,
  createSource,
  type Fetch,
  type PayClientOptions,
  payRequest,
} from "@wechat-edge/core";
import { createEmulator, credentials, type Fault } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { checkImage, checkVideo, uploadImage } from "@wechat-edge/pay-media";
import { outcome } from "./outcome.ts";
import type { FieldCase, FieldRow } from "./row.ts";

const picture = sampleFile("licence.jpg");
const pictureBytes = new Uint8Array(await picture.arrayBuffer());

function client(options: Partial<PayClientOptions> = {}) {
  const emulator = createEmulator();
  const sleep = async (): Promise<void> => undefined;
  const pay = createPayClient({ ...credentials.pay, fetch: emulator.fetch, sleep, ...options });
  return { emulator, pay };
}

const uploadAfter = (input: string, fault: Fault): FieldCase => ({
  input,
  run() {
    const { emulator, pay } = client();
    emulator.control.faults.add({ times: 0, ...fault });
    return outcome(() => uploadImage(pay, picture), emulator);
  },
});

const requestAfter = (
  input: string,
  method: string,
  fault: Fault,
  retryUnknown?: boolean,
): FieldCase => ({
  input,
  run() {
    const { emulator, pay } = client();
    emulator.control.faults.add({ times: 0, ...fault });
    const path = method === "GET" ? "/v3/certificates" : "/v3/applyment4sub/applyment/";
    const body = method === "GET" ? undefined : {};
    const options = retryUnknown === undefined ? {} : { retryUnknown };
    return outcome(() => payRequest(pay, { method, path, body }, options), emulator);
  },
});

/** An upload through a fetch whose Response is made of the emulator's by `change`. */
const through = (input: string, change: (response: Response) => unknown): FieldCase => ({
  input,
  run() {
    const emulator = createEmulator();
    const own = async (url: string, init: object): Promise<unknown> =>
      change(await emulator.fetch(url, init));
    const { pay } = client({ fetch: own as Fetch });
    return outcome(() => uploadImage(pay, picture), emulator);
  },
});

const head = ({ status, headers }: Response) => ({
  status,
  headers: { get: (name: string) => headers.get(name) },
});

const checked = (input: string, check: () => Promise<{ format: string }>): FieldCase => ({
  input,
  run: () => outcome(async () => (await check()).format),
});

const image = (input: string, content: BlobPart, name: string): FieldCase =>
  checked(input, () => checkImage(new File([content], name)));

/** A picture of this size: the bytes after its end are ignored by every reader. */
const padded = (bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(size);
  whole.set(bytes);
  return whole;
};
const pdf = new TextEncoder().encode("%PDF-1.7\n");
const MIB = 1024 * 1024;
const threeGp = Uint8Array.from(Buffer.from("0000001866747970336770340000020033677034", "hex"));

export const sendingRows: readonly FieldRow[] = [
  {
    id: "P4",
    about: "A reply to a call that must not be made twice is lost",
    evidence: "it concerns this library alone.",
    cases: [
      requestAfter("a POST whose reply is cut off", "POST", { kind: "cut", at: "headers" }),
      requestAfter("a POST answered with 500", "POST", { kind: "status", status: 500 }),
      requestAfter("a POST answered with HTML, 502", "POST", { kind: "html" }),
      requestAfter("the same with `retryUnknown: true`", "POST", { kind: "html" }, true),
      requestAfter("a GET whose reply is cut off", "GET", { kind: "cut", at: "headers" }),
      uploadAfter("an upload whose reply is cut off", { kind: "cut", at: "headers" }),
    ],
  },
  {
    id: "P5",
    about: "Pictures of 2 to 5 MiB and PDF for `/v3/merchant/media/upload`",
    evidence: "documented, in several ways: 2M (2024-12 and before), 5M and PDF of 7.5M (2026-05).",
    cases: [
      image("JPEG of 4 MiB", padded(pictureBytes, 4 * MIB), "licence.jpg"),
      image("JPEG of 5 MiB and a byte", padded(pictureBytes, 5 * MIB + 1), "licence.jpg"),
      image("PDF of 7 MiB", padded(pdf, 7 * MIB), "contract.pdf"),
      image("PDF of 7.5 MiB and a byte", padded(pdf, 7.5 * MIB + 1), "contract.pdf"),
    ],
  },
  {
    id: "P7",
    about: "A `fetch` whose Response is not that of the standard",
    evidence:
      "reported (whatwg-fetch#1454, react-native#25910, node-fetch#1759). It concerns this library alone.",
    cases: [
      through("`body` is a stream of Node, as in node-fetch", (response) => ({
        ...head(response),
        body: { pipe: () => undefined },
        arrayBuffer: () => response.arrayBuffer(),
      })),
      through("no `body`, as in whatwg-fetch", (response) => ({
        ...head(response),
        arrayBuffer: () => response.arrayBuffer(),
      })),
      through("`body` is null though there is content", (response) => ({
        ...head(response),
        body: null,
        arrayBuffer: () => response.arrayBuffer(),
      })),
      through("neither a stream nor `arrayBuffer`", (response) => ({
        ...head(response),
        body: {},
      })),
      through("nothing at all", () => undefined),
    ],
  },
  {
    id: "P9",
    about: "5xx that a repetition cannot mend",
    evidence:
      "reported ([501](https://developers.weixin.qq.com/community/pay/doc/000264ad36ccc023438a61ee256800)).",
    cases: [
      uploadAfter("501", { kind: "status", status: 501 }),
      uploadAfter("505", { kind: "status", status: 505 }),
      uploadAfter("501 in HTML", { kind: "html", status: 501 }),
      uploadAfter("500", { kind: "status", status: 500 }),
      uploadAfter("503", { kind: "status", status: 503 }),
    ],
  },
  {
    id: "P13",
    about: "Files and names that need one line of advice",
    evidence: "reported (FormSG#3369, react-native-camera#2470, filetype.py#105).",
    cases: [
      image("`licence.jfif`", pictureBytes, "licence.jfif"),
      image(
        "`a.jpg?x-oss-process=image/resize`",
        pictureBytes,
        "a.jpg?x-oss-process=image%2Fresize",
      ),
      image("a blank at the end of the name", pictureBytes, "licence.jpg "),
      image("a full-width dot", pictureBytes, "执照．jpg"),
      image("base64 given as bytes", Buffer.from(pictureBytes).toString("base64"), "licence.jpg"),
      image("a web page in place of the picture", "<!DOCTYPE html><html></html>", "licence.jpg"),
      checked("an address as a string", () =>
        checkImage("https://example.com/licence.jpg" as never),
      ),
      checked("a path as a string", () => checkImage("./licence.jpg" as never)),
      checked("`.mp4` with a 3GPP brand", () => checkVideo(new File([threeGp], "clip.mp4"))),
      checked("the same with `contentMatchesExtension: false`", () =>
        checkVideo(createSource(threeGp, { name: "clip.mp4" }), {
          limits: { contentMatchesExtension: false },
        }),
      ),
    ],
  },
];

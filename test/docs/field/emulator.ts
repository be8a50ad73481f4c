import { connect } from "node:net";
import { createPayClient } from "@wechat-edge/core";
import {
  createEmulator,
  credentials,
  type Emulator,
  merchantCertificate,
} from "@wechat-edge/emulator";
import { startEmulator } from "@wechat-edge/emulator/node";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { uploadImage } from "@wechat-edge/pay-media";
import { runCommand } from "../../../packages/emulator/src/command-line/command.ts";
import { call, signedBy } from "../../../packages/emulator/test/pay/signed-call.ts";
import {
  IMAGE_PATH,
  PNG,
  sha256,
  type UploadOptions,
  uploadRequest,
} from "../../../packages/emulator/test/pay/upload-request.ts";
import { answer, outcome } from "./outcome.ts";
import type { FieldCase, FieldRow } from "./row.ts";

const HOST = "https://api.mch.weixin.qq.com";
const { pay: demo } = credentials;

type EmulatorOptions = NonNullable<Parameters<typeof createEmulator>[0]>;

/** An upload as it goes over the wire, to an emulator in this process. */
const sent = (
  input: string,
  options: UploadOptions = {},
  emulatorOptions: EmulatorOptions = {},
  prepare: (emulator: Emulator) => void = () => undefined,
): FieldCase => ({
  input,
  run() {
    const emulator = createEmulator(emulatorOptions);
    prepare(emulator);
    const { path, init } = uploadRequest(options);
    return answer(emulator.fetch(HOST + path, init), emulator);
  },
});

interface Form {
  readonly boundary?: string;
  readonly meta?: string | undefined;
  readonly metaHead?: string;
  readonly fileHead?: string | false;
  readonly before?: string;
  readonly after?: string;
  readonly lineEnd?: string;
}

const META = JSON.stringify({ filename: "a.png", sha256: sha256(PNG) });

/** A form that differs in one thing from the one of WeChat's documents. */
function form({
  boundary = "boundary",
  meta = META,
  metaHead = 'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json',
  fileHead = 'Content-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png',
  before = "",
  after = "",
  lineEnd = "\r\n",
}: Form): Buffer {
  const ends = (text: string): Buffer => Buffer.from(text.replaceAll("\r\n", lineEnd));
  const metaPart = metaHead === "" ? "" : `--${boundary}\r\n${metaHead}\r\n\r\n${meta}\r\n`;
  const filePart =
    fileHead === false ? [] : [ends(`--${boundary}\r\n${fileHead}\r\n\r\n`), PNG, ends("\r\n")];
  return Buffer.concat([ends(before + metaPart), ...filePart, ends(`--${boundary}--${after}`)]);
}

const formed = (
  input: string,
  given: Form,
  options: UploadOptions = {},
  emulatorOptions: EmulatorOptions = {},
): FieldCase => sent(input, { meta: META, body: form(given), ...options }, emulatorOptions);

const typed = (
  input: string,
  contentType: string | null,
  options: UploadOptions = {},
  emulatorOptions: EmulatorOptions = {},
): FieldCase =>
  formed(input, {}, { headers: { "content-type": contentType }, ...options }, emulatorOptions);

/** An upload over a socket, whose head may be written in any way; returns the first lines of the reply. */
async function overSocket(
  headers: (size: number) => readonly string[],
  body: (whole: Buffer) => Buffer,
): Promise<string> {
  const emulator = await startEmulator({ port: 0 });
  try {
    const { path, init } = uploadRequest();
    const content = body(Buffer.from(init.body));
    const own = Object.entries(init.headers).map(([name, value]) => `${name}: ${value}`);
    const { hostname, port } = new URL(emulator.baseUrl);
    const lines = [
      `POST ${path} HTTP/1.1`,
      `Host: ${hostname}`,
      "Connection: close",
      ...own,
      ...headers(content.length),
    ];
    return await new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let reply = "";
      socket.on("data", (chunk: Buffer) => {
        reply += chunk.toString();
      });
      socket.on("end", () => resolve(reply));
      socket.on("error", reject);
      socket.write(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), content]));
    });
  } finally {
    await emulator.close();
  }
}

const withLength = (size: number): string[] => [`Content-Length: ${size}`];
const chunked = (whole: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`${whole.length.toString(16)}\r\n`),
    whole,
    Buffer.from("\r\n0\r\n\r\n"),
  ]);
const statusLine = (reply: string): string => reply.slice(0, reply.indexOf("\r\n"));
const headerLine = (reply: string, name: string): string =>
  reply
    .split("\r\n")
    .find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    ?.split(":")[0] ?? "none";

const named = (name: string): FieldCase => ({
  input: `the reply's \`${name}\``,
  run: async () =>
    `written \`${headerLine(await overSocket(withLength, (whole) => whole), name)}\``,
});

async function mpUpload(
  emulator: Emulator,
  body: Buffer,
  type = "multipart/form-data; boundary=boundary",
): Promise<string> {
  const host = "https://api.weixin.qq.com";
  const query = new URLSearchParams({ grant_type: "client_credential", ...credentials.mp });
  const token = await emulator.fetch(`${host}/cgi-bin/token?${query}`);
  const { access_token = "" } = (await token.json()) as { access_token?: string };
  const reply = await emulator.fetch(
    `${host}/cgi-bin/media/upload?type=image&access_token=${access_token}`,
    {
      method: "POST",
      headers: { "content-type": type },
      body: new Uint8Array(body),
    },
  );
  const { errcode } = (await reply.json()) as { errcode?: number };
  const notes = emulator.control.journal.entries().at(-1)?.notes ?? [];
  const noted = notes.length === 0 ? "" : `, noted: ${notes.join("; ")}`;
  return `${errcode === undefined ? "taken" : `errcode ${errcode}`}${noted}`;
}

const mpForm = (after = "", before = ""): Buffer =>
  form({
    metaHead: "",
    fileHead:
      'Content-Disposition: form-data; name="media"; filename="a.png"\r\nContent-Type: image/png',
    after,
    before,
  });

const mpError = (errcode: number): FieldCase => ({
  input: `\`mp-error\` ${errcode} without errmsg`,
  async run() {
    const emulator = createEmulator();
    emulator.control.faults.add({ kind: "mp-error", errcode });
    const reply = await emulator.fetch(
      "https://api.weixin.qq.com/cgi-bin/draft/count?access_token=x",
    );
    const { errmsg = "" } = (await reply.json()) as { errmsg?: string };
    return errmsg.replace(/ hint: .*| rid: .*/, "");
  },
});

const asked = (
  input: string,
  serial: string | null,
  mode: "both" | "certificates" = "both",
): FieldCase =>
  sent(input, { headers: { "wechatpay-serial": serial } }, {}, ({ control }) =>
    control.platform.setMode(mode),
  );

const publicKeyId = demo.platformKeys[0]?.platformKeyId ?? "";

function applyment(input: string, serial: string, mode: "both" | "certificates"): FieldCase {
  return {
    input,
    async run() {
      const emulator = createEmulator();
      emulator.control.platform.setMode(mode);
      const { status, json } = await call(emulator.fetch, "/v3/applyment4sub/applyment/", {
        method: "POST",
        body: "{}",
        headers: { "wechatpay-serial": serial },
      });
      return `${status} ${json.code} ${json.message}`;
    },
  };
}

const query = (input: string, path: string): FieldCase => ({
  input,
  async run() {
    const { status, json } = await call(createEmulator().fetch, path);
    return `${status} ${json?.code ?? (json ? "ok" : "empty")}`;
  },
});

const failing = (
  input: string,
  options: UploadOptions,
  prepare?: (emulator: Emulator) => void,
): FieldCase => sent(input, options, {}, prepare);

const command = (input: string, flags: readonly string[]): FieldCase => ({
  input,
  async run() {
    const { exitCode, err, emulator } = await runCommand(["--port", "0", ...flags]);
    await emulator?.close();
    return `exit code ${exitCode}: ${err.split("\n")[0]}`;
  },
});

export const emulatorRows: readonly FieldRow[] = [
  {
    id: "P20",
    about: "Uploads without a length, as the official Java client sends them",
    evidence:
      "reported (wechatpay-apache-httpclient `WechatPayUploadHttpPost`, [1](https://developers.weixin.qq.com/community/pay/doc/000c2c10900d5875f92d9fc3e56400), [2](https://developers.weixin.qq.com/community/pay/doc/0000cca48640b89b46da9497158400)).",
    cases: [
      {
        input: "chunked, `/v3/merchant/media/upload`",
        run: async () =>
          statusLine(await overSocket(() => ["Transfer-Encoding: chunked"], chunked)),
      },
      {
        input: "the same with a length",
        run: async () => statusLine(await overSocket(withLength, (whole) => whole)),
      },
      sent("the header alone, in process", { headers: { "transfer-encoding": "chunked" } }),
      sent(
        'the same with `chunked: { pay: "refuse" }`',
        { headers: { "transfer-encoding": "chunked" } },
        { chunked: { pay: "refuse" } },
      ),
    ],
  },
  {
    id: "P21",
    about: "The boundary in quotes",
    evidence:
      "reported ([1](https://developers.weixin.qq.com/community/develop/doc/0002200894cb88b0325f44e4855400) and four more).",
    cases: [
      typed('`boundary="boundary"`', 'multipart/form-data; boundary="boundary"'),
      typed("the same, no blank before, `;` behind", 'multipart/form-data;boundary="boundary";'),
      typed("the same after a charset", 'multipart/form-data; charset=utf-8; boundary="boundary"'),
      typed(
        'the same with `quotedBoundary: { pay: "accept" }`',
        'multipart/form-data; boundary="boundary"',
        {},
        { quotedBoundary: { pay: "accept" } },
      ),
      typed("`Boundary=boundary`", "multipart/form-data; Boundary=boundary"),
      typed("in quotes and signed over nothing", 'multipart/form-data; boundary="boundary"', {
        signedBody: "",
      }),
    ],
  },
  {
    id: "P22",
    about: "A form in which the gateway finds no meta",
    evidence:
      "reported ([1](https://developers.weixin.qq.com/community/pay/doc/0004068f1ec4a8658a9a5f07c5bc00) and three more).",
    cases: [
      formed("lines that end in LF alone", { lineEnd: "\n" }),
      formed("another boundary than the head says", { boundary: "other" }),
      typed("`Content-Type: application/json`", "application/json"),
      typed(
        "`Content-Type: application/x-www-form-urlencoded`",
        "application/x-www-form-urlencoded",
      ),
      typed("no Content-Type", null),
      typed("`multipart/mixed`, OkHttp's default", "multipart/mixed; boundary=boundary"),
      typed("a form that became text", "text/plain;charset=UTF-8", { body: "[object FormData]" }),
      formed("names without quotes, .NET's default", {
        metaHead: "Content-Type: application/json\r\nContent-Disposition: form-data; name=meta",
      }),
      sent("no form at all", { body: "meta" }),
      formed("meta as a file", {
        metaHead:
          'Content-Disposition: form-data; name="meta"; filename="blob"\r\nContent-Type: application/json',
      }),
    ],
  },
  {
    id: "P23",
    about: "Whether an error is signed",
    evidence:
      "reported ([1](https://developers.weixin.qq.com/community/pay/doc/0000c2d0b5c27052c52a53e8254c00)).",
    cases: [
      failing("a wrong digest, 400", { meta: '{"filename":"a.png","sha256":"00"}' }),
      failing("a wrong signature, 401", { signedBody: "other" }),
      failing("no right, 403", {}, ({ control }) => control.faults.add({ kind: "no-auth" })),
      failing("too fast, 429", {}, ({ control }) => control.faults.add({ kind: "too-fast" })),
      failing("500 of WeChat", {}, ({ control }) => control.faults.add({ kind: "system-error" })),
      failing("502 of a gateway", {}, ({ control }) => control.faults.add({ kind: "html" })),
    ],
  },
  {
    id: "P24",
    about: "A file name given twice, as .NET does",
    evidence:
      "reported ([1](https://developers.weixin.qq.com/community/pay/doc/000668670aca8030da8a0e2a05b400)).",
    cases: [
      formed("`filename=\"a.png\"; filename*=utf-8''a.png`", {
        fileHead:
          'Content-Disposition: form-data; name="file"; filename="a.png"; filename*=utf-8\'\'a.png',
      }),
      formed("the other way round", {
        fileHead:
          'Content-Disposition: form-data; name="file"; filename*=utf-8\'\'a.png; filename="a.png"',
      }),
      formed("with a name in Chinese", {
        fileHead:
          'Content-Disposition: form-data; name="file"; filename="=?utf-8?B?5omn54Wn?=.png"; filename*=utf-8\'\'%E6%89%A7%E7%85%A7.png',
      }),
      formed("`filename*` in quotes, as Apache's client writes it", {
        fileHead:
          'Content-Disposition: form-data; name="file"; filename="a.png"; filename*="UTF-8\'\'a.png"',
      }),
      formed("`filename` without quotes beside `filename*`", {
        fileHead:
          "Content-Disposition: form-data; name=\"file\"; filename=a.png; filename*=utf-8''a.png",
      }),
      formed("`filename*` alone", {
        fileHead: "Content-Disposition: form-data; name=\"file\"; filename*=utf-8''a.png",
      }),
    ],
  },
  {
    id: "P25",
    about: "A part is missing",
    evidence:
      "reported ([1](https://developers.weixin.qq.com/community/pay/doc/000022b4080b00f34770ee7ce6b800) and eight more).",
    cases: [
      formed("no file", { fileHead: false }),
      formed("a file part without a file name", {
        fileHead: 'Content-Disposition: form-data; name="file"',
      }),
      formed("the file under another name", {
        fileHead: 'Content-Disposition: form-data; name="media"; filename="a.png"',
      }),
      formed("no meta, signed over nothing", { metaHead: "" }, { signedBody: "" }),
      formed("no meta, signed over meta", { metaHead: "" }),
    ],
  },
  {
    id: "P26",
    about: "The public key is asked for before the switch",
    evidence: "reported, as P1.",
    cases: [
      asked("an upload that asks for the public key", publicKeyId, "certificates"),
      applyment("an encrypted call that names the public key", publicKeyId, "certificates"),
      applyment("the same after the switch (its body is empty)", publicKeyId, "both"),
      {
        input: "which key signs the upload",
        async run() {
          const emulator = createEmulator();
          emulator.control.platform.setMode("certificates");
          const { path, init } = uploadRequest({ headers: { "wechatpay-serial": publicKeyId } });
          const reply = await emulator.fetch(HOST + path, init);
          const text = await reply.text();
          const signer = demo.platformKeys.find(({ key }) =>
            signedBy({ headers: reply.headers, text }, key),
          );
          return `\`${signer?.platformKeyId ?? "none"}\``;
        },
      },
    ],
  },
  {
    id: "E1",
    about: "Chunked bodies, one switch for each service",
    evidence:
      "reported (wechatpay-php and wechatpay-apache-httpclient, both official, and WxJava send them to Pay; 412 of api.weixin.qq.com).",
    cases: [
      {
        input: "Pay, chunked in three pieces",
        run: async () =>
          statusLine(await overSocket(() => ["Transfer-Encoding: chunked"], inPieces)),
      },
      {
        input: "Pay, `transfer-encoding: Chunked`",
        run: async () =>
          statusLine(await overSocket(() => ["transfer-encoding: Chunked"], chunked)),
      },
      { input: "an Official Account, chunked", run: () => mpChunked({}) },
      {
        input: 'an Official Account, `chunked: { mp: "accept" }`',
        run: () => mpChunked({ chunked: { mp: "accept" } }),
      },
      {
        input: 'an Official Account, `chunked: "accept"`',
        run: () => mpChunked({ chunked: "accept" }),
      },
    ],
  },
  {
    id: "E3",
    about: "Names of reply headers, which wechatpay-java looks up by case",
    evidence: "documented.",
    cases: [
      "Wechatpay-Timestamp",
      "Wechatpay-Nonce",
      "Wechatpay-Signature",
      "Wechatpay-Serial",
      "Wechatpay-Signature-Type",
      "Request-ID",
      "Content-Type",
      "Content-Length",
      "Date",
    ].map(named),
  },
  {
    id: "E4",
    about: "`Wechatpay-Serial` of a call that encrypts nothing",
    evidence: "reported (gopay sends it empty, tnwx the merchant's).",
    cases: [
      asked("empty", ""),
      asked("the merchant's serial number", demo.serialNo),
      asked("a key that nobody knows", "PUB_KEY_ID_0000000000000000000000000000000000"),
      asked("none", null),
      applyment(
        "an encrypted call with a key that nobody knows",
        "PUB_KEY_ID_0000000000000000000000000000000000",
        "both",
      ),
      applyment("an encrypted call, empty", "", "both"),
    ],
  },
  {
    id: "E5",
    about: "The serial number in lower case",
    evidence: "reported (wechatpay-node-v3, better-wechatpay, wechatpay-nodejs-sdk send it so).",
    cases: [
      sent("lower case", { serialNo: demo.serialNo.toLowerCase() }),
      sent("mixed case", {
        serialNo: demo.serialNo.slice(0, 20).toLowerCase() + demo.serialNo.slice(20),
      }),
      sent("another serial", { serialNo: `${demo.serialNo.slice(0, -1)}0` }),
      sent("one digit too few", { serialNo: demo.serialNo.slice(1) }),
    ],
  },
  {
    id: "E6",
    about: "A form whose head has no boundary",
    evidence: "reported (WxJava to 4.6, wechatpayv3 for Python, wechatpay-java's Apache adapter).",
    cases: [
      typed("`multipart/form-data`", "multipart/form-data"),
      typed("`multipart/form-data; charset=utf-8`", "multipart/form-data; charset=utf-8"),
      formed(
        "the same, lines that end in LF",
        { lineEnd: "\n" },
        { headers: { "content-type": "multipart/form-data" } },
      ),
      formed(
        "the same, bytes before the first line",
        { before: "\r\n" },
        { headers: { "content-type": "multipart/form-data" } },
      ),
      {
        input: "an Official Account, `multipart/form-data`",
        run: () => mpUpload(createEmulator(), mpForm(), "multipart/form-data"),
      },
      {
        input: "an Official Account, `multipart/form-data; charset=utf-8`",
        run: () => mpUpload(createEmulator(), mpForm(), "multipart/form-data; charset=utf-8"),
      },
      {
        input: "an Official Account, the same with bytes before and after",
        run: () => mpUpload(createEmulator(), mpForm("\r\n", "\r\n"), "multipart/form-data"),
      },
      {
        input: "an Official Account, the boundary in quotes",
        run: () => mpUpload(createEmulator(), mpForm(), 'multipart/form-data; boundary="boundary"'),
      },
    ],
  },
  {
    id: "E7",
    about: "Bytes before and after the form",
    evidence: "documented (RFC 2046), reported (form-data-encoder sends them).",
    cases: [
      formed("`--b--` and two line ends", { after: "\r\n\r\n" }),
      formed("a line end before the first line", { before: "\r\n" }),
      formed("text before and after", { before: "preamble\r\n", after: "\r\nepilogue" }),
      {
        input: "an Official Account, two line ends",
        run: () => mpUpload(createEmulator(), mpForm("\r\n\r\n")),
      },
      {
        input: "an Official Account, a line end before",
        run: () => mpUpload(createEmulator(), mpForm("", "\r\n")),
      },
      {
        input: "an Official Account, text before and after",
        run: () => mpUpload(createEmulator(), mpForm("\r\nepilogue", "preamble\r\n")),
      },
    ],
  },
  {
    id: "E10",
    about: "What other programs need from the emulator",
    evidence: "it concerns the emulator alone.",
    cases: [
      {
        input: "`credentials.pay.certificate`",
        run: async () => String(credentials.pay.certificate === merchantCertificate),
      },
      {
        input: "`GET /_emulator/credentials`",
        async run() {
          const reply = await createEmulator().fetch("http://localhost/_emulator/credentials");
          const { pay } = (await reply.json()) as typeof credentials;
          return Object.keys(pay).join(", ");
        },
      },
      command("`--token-length 12`", ["--token-length", "12"]),
      command("`--quoted-boundary maybe`", ["--quoted-boundary", "maybe"]),
      command("`--probe-rate 2`", ["--probe-rate", "2"]),
      command("`--no-such-option 1`", ["--no-such-option", "1"]),
    ],
  },
  {
    id: "E11",
    about: "An application asked for by its id",
    evidence: "documented.",
    cases: [
      query(
        "`applyment_id/2000002124775691`, before there is one",
        "/v3/applyment4sub/applyment/applyment_id/2000002124775691",
      ),
      query("`applyment_id/abc`", "/v3/applyment4sub/applyment/applyment_id/abc"),
      query(
        "`business_code/1`, before there is one",
        "/v3/applyment4sub/applyment/business_code/1",
      ),
      query("no id", "/v3/applyment4sub/applyment/applyment_id/"),
    ],
  },
  {
    id: "E13",
    about: "WeChat's texts of errcodes",
    evidence: "documented.",
    cases: [
      ...[40164, 47002, 53404, 53405, 53406, 89503, 89506, 89507, 45015, 45047, 48002],
      ...[40016, 40033, 40119, 45106, 53500, 61003, 61023, 61453, 65316, 87014, 88001, 12345],
    ].map(mpError),
  },
  {
    id: "E14",
    about: "`wrong-signature` is no key that a client knows",
    evidence: "it concerns the emulator alone.",
    cases: ["both", "certificates", "public-key"]
      .map((mode) => ({
        input: `a client with all keys, mode \`${mode}\``,
        run() {
          const emulator = createEmulator();
          emulator.control.platform.setMode(mode as "both");
          emulator.control.faults.add({ kind: "wrong-signature", match: { path: IMAGE_PATH } });
          const pay = createPayClient({ ...demo, fetch: emulator.fetch, retry: false });
          return outcome(() => uploadImage(pay, sampleFile("licence.jpg")), emulator);
        },
      }))
      .concat({
        input: "the same signature under every demo key",
        async run() {
          const emulator = createEmulator();
          emulator.control.faults.add({ kind: "wrong-signature" });
          const { path, init } = uploadRequest();
          const reply = await emulator.fetch(HOST + path, init);
          const text = await reply.text();
          const keys = [...demo.platformKeys.map(({ key }) => key), merchantCertificate];
          return `${keys.filter((key) => signedBy({ headers: reply.headers, text }, key)).length} of ${keys.length} keys verify it`;
        },
      }),
  },
];

function inPieces(whole: Buffer): Buffer {
  const third = Math.ceil(whole.length / 3);
  const pieces = [0, 1, 2].map((at) => whole.subarray(at * third, (at + 1) * third));
  const framed = pieces.map((piece) =>
    Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")]),
  );
  return Buffer.concat([...framed, Buffer.from("0\r\n\r\n")]);
}

async function mpChunked(options: EmulatorOptions): Promise<string> {
  const emulator = createEmulator(options);
  const url = "https://api.weixin.qq.com/cgi-bin/media/upload?type=image&access_token=x";
  const headers = {
    "transfer-encoding": "chunked",
    "content-type": "multipart/form-data; boundary=boundary",
  };
  const reply = await emulator.fetch(url, {
    method: "POST",
    headers,
    body: new Uint8Array(mpForm()),
  });
  return String(reply.status);
}

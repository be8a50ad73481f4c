import { createPayClient, type PayClientOptions, payRequest } from "@wechat-edge/core";
import { readNotification } from "@wechat-edge/core/pay-notifications";
import { createEmulator, credentials, type Emulator } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { uploadPayFile } from "@wechat-edge/pay-media";
import { downloadPayFile } from "@wechat-edge/pay-media/downloads";
import { complaintImage } from "@wechat-edge/pay-media/endpoints";
import { outcome } from "./outcome.ts";
import type { FieldCase, FieldRow } from "./row.ts";

type Notification = Parameters<Emulator["control"]["notify"]>[0];
type Received = Parameters<typeof readNotification>[1];

/** A notification that is read by a client with these options; `change` is what happens to the request on its way. */
const notified = (
  input: string,
  notification: Notification = {},
  options: Partial<PayClientOptions> = {},
  change: (request: Request) => unknown = (request) => request,
  prepare: (emulator: Emulator) => void = () => undefined,
): FieldCase => ({
  input,
  async run() {
    const emulator = createEmulator();
    prepare(emulator);
    const pay = createPayClient({
      ...credentials.pay,
      fetch: emulator.fetch,
      retry: false,
      ...options,
    });
    let result = "nothing came";
    await emulator.control.notify({
      ...notification,
      async to(request) {
        result = await outcome(async () => {
          const received = (await change(request)) as Received;
          const { event_type } = await readNotification(pay, received);
          return `read: ${event_type}`;
        }, emulator);
        return new Response(null, { status: 204 });
      },
    });
    return result;
  },
});

async function parsed(request: Request): Promise<object> {
  return { headers: request.headers, body: (await request.json()) as never };
}

async function rewritten(request: Request): Promise<object> {
  return {
    headers: request.headers,
    body: `${JSON.stringify(await request.json(), undefined, 2)}\n`,
  };
}

function download(
  input: string,
  what: (pay: ReturnType<typeof createPayClient>) => unknown,
  prepare: (emulator: Emulator) => void = () => undefined,
): FieldCase {
  return {
    input,
    run() {
      const emulator = createEmulator();
      const pay = createPayClient({ ...credentials.pay, fetch: emulator.fetch, retry: false });
      return outcome(async () => {
        const asked = (await what(pay)) as Parameters<typeof downloadPayFile>[1];
        prepare(emulator);
        const { evidence, body } = await downloadPayFile(pay, asked);
        const { byteLength } = await new Response(body as ReadableStream).arrayBuffer();
        return `evidence \`${evidence}\`, ${byteLength > 0 ? "all bytes" : "no bytes"}`;
      });
    },
  };
}

interface Bill {
  readonly download_url: string;
  readonly hash_type: string;
  readonly hash_value: string;
}

const bill_date = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
const bill = (pay: ReturnType<typeof createPayClient>, query: object = {}): Promise<Bill> =>
  payRequest<Bill>(pay, {
    method: "GET",
    path: "/v3/bill/tradebill",
    query: { bill_date, ...query },
  });

const certificates = credentials.pay.platformKeys.filter(
  ({ platformKeyId }) => !platformKeyId.startsWith("PUB"),
);
const publicKeys = credentials.pay.platformKeys.filter(({ platformKeyId }) =>
  platformKeyId.startsWith("PUB"),
);

export const receivedRows: readonly FieldRow[] = [
  {
    id: "P11",
    about: "A notification",
    evidence:
      "documented; reported (wechatpay-go#15 #22 #41 #141 #185, wechatpay-java#102 #226 #251, wechatpay-axios-plugin#45 #52, wechatpay-node-v3-ts#42 #53, yansongda/pay#945).",
    cases: [
      notified("as it is sent"),
      notified("the raw text and the headers of Node", {}, {}, async (request) => ({
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
      })),
      notified("a body that Express has parsed", {}, {}, parsed),
      notified("a body that was parsed and written again", {}, {}, rewritten),
      notified("a body that was read already", {}, {}, async (request) => {
        await request.text();
        return request;
      }),
      notified("a probe", { fault: "probe" }),
      notified("signed 10 minutes ago", { fault: "stale" }),
      notified("without the headers of the signature", { fault: "missing-signature" }),
      notified("changed on its way", { fault: "tampered" }),
      notified("signed by somebody else", { fault: "wrong-signature" }),
      notified("an unknown serial", { fault: "unknown-serial" }),
      notified(
        "signed with a certificate that is downloaded first",
        {},
        { platformKeys: publicKeys },
      ),
      notified(
        "signed with the public key, certificates alone",
        {},
        { platformKeys: certificates, apiV3Key: credentials.pay.apiV3Key },
        undefined,
        ({ control }) => control.platform.setMode("public-key"),
      ),
      notified("encrypted with another APIv3 key", { fault: "wrong-api-v3-key" }),
      notified("a client without `apiV3Key`", {}, { apiV3Key: undefined }),
      notified("without `associated_data`", { associated_data: null }),
      notified("not JSON", { body: "success" }),
      notified("another merchant's", { resource: { mchid: "1900000109", trade_state: "SUCCESS" } }),
      notified("1 MiB and a byte", {}, {}, (request) => ({
        headers: request.headers,
        body: new Uint8Array(1024 * 1024 + 1),
      })),
    ],
  },
  {
    id: "P12",
    about: "A download",
    evidence:
      "documented; reported (WxJava#2030 #2193 #2952, gopay#484, apache-httpclient#25, wechatpay-java#77).",
    cases: [
      download("a complaint's picture", async (pay) => {
        const { media_id } = await uploadPayFile(pay, complaintImage, sampleFile("picture.png"));
        return { path: `/v3/merchant-service/images/${media_id}` };
      }),
      download("a bill", (pay) => bill(pay)),
      download("a bill as gzip", (pay) => bill(pay, { tar_type: "GZIP" })),
      download("a bill without its `hash_value`", async (pay) => ({
        download_url: (await bill(pay)).download_url,
      })),
      download("a bill whose digest is another's", async (pay) => ({
        ...(await bill(pay)),
        hash_value: "0".repeat(40),
      })),
      download("a digest of an unknown kind", async (pay) => ({
        ...(await bill(pay)),
        hash_type: "SM3",
      })),
      download("a `download_url` of another host", async (pay) => ({
        ...(await bill(pay)),
        download_url: "https://example.com/bill",
      })),
      download(
        "a page in place of the bill",
        (pay) => bill(pay),
        ({ control }) => control.faults.add({ kind: "html", status: 200 }),
      ),
      download(
        "a bill that breaks off",
        (pay) => bill(pay),
        ({ control }) => control.faults.add({ kind: "truncated" }),
      ),
    ],
  },
];

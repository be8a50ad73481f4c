import type { createEmulator } from "@wechat-edge/emulator";
import { payInProcess } from "./pay.ts";

interface Sent {
  readonly path: string;
  readonly method: string;
  readonly serial: string | null;
  readonly form: string;
  readonly meta: Readonly<Record<string, unknown>>;
  /** The keys of meta, in their order. */
  readonly keys: readonly string[];
}

/** A client of an emulator, and what it sent. */
export function spied(emulatorOptions: Parameters<typeof createEmulator>[0] = {}) {
  const sent: Sent[] = [];
  const { emulator } = payInProcess({}, emulatorOptions);
  const { pay } = payInProcess({
    async fetch(input, init) {
      const body = await new Response(init?.body ?? null).arrayBuffer();
      const form = new TextDecoder("latin1").decode(body);
      const json = /name="meta"\r\n[^\r]*\r\n\r\n([^\r]*)\r\n/.exec(form)?.[1] ?? "{}";
      const meta = JSON.parse(json) as Sent["meta"];
      sent.push({
        path: new URL(input).pathname,
        method: init?.method ?? "GET",
        serial: new Headers(init?.headers).get("wechatpay-serial"),
        form,
        meta,
        keys: Object.keys(meta),
      });
      return emulator.fetch(input, { ...init, body });
    },
  });
  return { pay, emulator, sent };
}

// A Worker with one client of an Official Account for all requests, as most are written.

import { createMpClient, type MpClient, mpRequest } from "@wechat-edge/core";
import { type KvNamespace, kvStore } from "./kv-store.ts";

interface Bindings {
  readonly APPID: string;
  readonly SECRET: string;
  readonly ORIGIN: string;
  readonly TOKENS: KvNamespace;
}

const kept = new Map<string, MpClient>();

export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const name = searchParams.get("client") ?? "";
    let mp = kept.get(name);
    if (mp === undefined) {
      mp = createClient(bindings, searchParams.has("kv"));
      kept.set(name, mp);
    }
    const client = mp;
    const call = () =>
      mpRequest(client, { method: "GET", path: "/cgi-bin/material/get_materialcount" });
    if (pathname === "/leave") {
      // The request ends with its token call under way; workerd then drops the work.
      call().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return new Response("left");
    }
    const calls = Array.from({ length: pathname === "/ten" ? 10 : 1 }, call);
    return Response.json(await Promise.all(calls));
  },
};

function createClient({ APPID, SECRET, ORIGIN, TOKENS }: Bindings, stored: boolean): MpClient {
  return createMpClient({
    appid: APPID,
    secret: SECRET,
    baseUrl: ORIGIN,
    ...(stored && { tokenStore: kvStore(TOKENS) }),
  });
}

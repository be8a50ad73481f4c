// A Worker with one client of an Official Account for all requests, as most are written.

import { createMpClient, type MpClient, mpRequest } from "@wechat-edge/core";
import { keepMedia } from "@wechat-edge/mp-media";
import { type KvNamespace, kvStore } from "./kv-store.ts";

interface Bindings {
  readonly APPID: string;
  readonly SECRET: string;
  readonly ORIGIN: string;
  readonly TOKENS: KvNamespace;
}

const kept = new Map<string, MpClient>();
/** Holds media_ids as long as the isolate lives. */
const store = new Map<string, string>();
/** The start of each picture; the name of the client follows, so that each has a picture of its own. */
const cover = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);

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
      pathname.startsWith("/keep")
        ? keepMedia(client, { type: "image" }, new File([cover, name], "cover.jpg"), { store })
        : mpRequest(client, { method: "GET", path: "/cgi-bin/material/get_materialcount" });
    if (pathname.endsWith("/leave")) {
      // The request ends with its token call or upload under way; workerd then drops the work.
      call().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 200));
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

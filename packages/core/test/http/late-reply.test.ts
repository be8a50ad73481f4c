// A fetch of the caller's that does not listen to the signal, and replies when nobody waits any more.

import { createMpClient, type Fetch, mpRequest } from "@wechat-edge/core";
import { downloadMedia } from "@wechat-edge/mp-media";
import { expect, it } from "vitest";

/** A client whose reply comes after its timeout, and what becomes of that reply. */
function lateClient() {
  let cancelled = (): void => undefined;
  const isCancelled = new Promise<void>((resolve) => {
    cancelled = resolve;
  });
  const attempts: unknown[] = [];
  const fetch: Fetch = async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return new Response(new ReadableStream({ cancel: cancelled }));
  };
  const mp = createMpClient({
    appid: "wx26e3b4a1c0d9f857",
    getAccessToken: () => "t",
    timeout: 20,
    retry: false,
    fetch,
    onAttempt: (attempt) => void attempts.push(attempt),
  });
  return { mp, isCancelled, attempts };
}

it.each(["mpRequest", "downloadMedia"])(
  "a reply that comes too late is let go of: %s",
  async (call) => {
    const { mp, isCancelled, attempts } = lateClient();
    const asked =
      call === "mpRequest"
        ? mpRequest(mp, { method: "GET", path: "/cgi-bin/material/get_materialcount" })
        : downloadMedia(mp, { media_id: "M" });
    await expect(asked).rejects.toMatchObject({ code: "ERR_TIMEOUT" });
    const seen = structuredClone(attempts.length);
    await isCancelled;
    expect(attempts.length).toBe(seen);
  },
);

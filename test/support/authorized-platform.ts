import { createMpClient } from "@wechat-edge/core";
import { keepTicket, queryAuth } from "@wechat-edge/core/mp-platform";
import { credentials } from "@wechat-edge/emulator";
import { platformInProcess } from "./platform-operations.ts";
export const { appid } = credentials.mp;

/** A platform that has its ticket, and a client of an account that has authorized it. */
export async function authorized(options: object = {}) {
  const { platform, emulator } = platformInProcess(options);
  const { mpPlatforms } = emulator.control;
  await keepTicket(platform, mpPlatforms.ticket().ComponentVerifyTicket);
  const { AuthorizationCode } = mpPlatforms.authorize(appid);
  const authorization = await queryAuth(platform, AuthorizationCode);
  const { getAccessToken } = platform;
  const mp = createMpClient({ appid, getAccessToken, fetch: emulator.fetch });
  return { ...emulator.control, platform, emulator, mp, authorization };
}

/** What arrives at the address, and what reading it gives. */
export async function pushed(
  fault?: "tampered" | "wrong-signature" | "stale" | "other-appid" | "clear",
  options: object = {},
) {
  const { platform, emulator } = platformInProcess({ tokenStore: new Map(), ...options });
  const { mpPlatforms } = emulator.control;
  let arrived: { url: string; body: string } | undefined;
  mpPlatforms.pushTo({
    async to(request) {
      arrived = { url: request.url, body: await request.text() };
      return new Response("success");
    },
  });
  const ticket = mpPlatforms.ticket();
  await mpPlatforms.push(ticket, { ...(fault && { fault }) });
  if (arrived === undefined) throw new Error("Nothing arrived.");
  return { platform, ticket, raw: arrived, mpPlatforms };
}

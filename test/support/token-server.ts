import type { MpClientOptions } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { mpInProcess } from "./mp.ts";

export const { appid } = credentials.mp;

type Request = Parameters<NonNullable<MpClientOptions["getAccessToken"]>>[0];

/**
 * A central token server before an emulator: it keeps the latest token, takes another where that one
 * is rejected, and counts how often it does.
 */
export function tokenServer(options: Partial<MpClientOptions> = {}) {
  const requests: Request[] = [];
  let latest: Promise<string> | undefined;
  let taken = 0;
  const take = async (): Promise<string> => {
    taken += 1;
    const { secret } = credentials.mp;
    const query = new URLSearchParams({ grant_type: "client_credential", appid, secret });
    const reply = await made.emulator.fetch(`https://api.weixin.qq.com/cgi-bin/token?${query}`);
    return ((await reply.json()) as { access_token: string }).access_token;
  };
  const made = mpInProcess({
    getAccessToken: async (request) => {
      requests.push(request);
      latest ??= take();
      if (request.rejected === (await latest)) latest = take();
      return latest;
    },
    ...options,
  });
  return { ...made, requests, taken: () => taken };
}

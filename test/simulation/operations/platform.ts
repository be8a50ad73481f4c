import {
  createMpPlatform,
  keepRefreshToken,
  keepTicket,
  queryAuth,
} from "@wechat-edge/core/mp-platform";
import { credentials } from "@wechat-edge/emulator";
import type { SimulatedOperation } from "../simulation.ts";

const { appid } = credentials.mp;

/** Operations of a third-party platform that need what WeChat gives out. */
export const ownPlatformOperations: Readonly<Record<string, SimulatedOperation>> = {
  createMpPlatform: { requests: 0, run: () => createMpPlatform(credentials.platform) },
  keepTicket: {
    requests: 0,
    run: ({ process }, { emulator, network }) => {
      const { ComponentVerifyTicket } = emulator.control.mpPlatforms.ticket();
      network.tokens.add(ComponentVerifyTicket);
      return keepTicket(process.platform, ComponentVerifyTicket);
    },
  },
  keepRefreshToken: {
    requests: 0,
    run: ({ process }, { emulator, network }) => {
      const { mpPlatforms } = emulator.control;
      mpPlatforms.authorize(appid);
      const authorizer_refresh_token = mpPlatforms.rotate(appid);
      network.tokens.add(authorizer_refresh_token);
      return keepRefreshToken(process.platform, {
        authorizer_appid: appid,
        authorizer_refresh_token,
      });
    },
  },
  queryAuth: {
    requests: 2,
    run: ({ process, abort }, { emulator }) => {
      const { AuthorizationCode } = emulator.control.mpPlatforms.authorize(appid);
      return queryAuth(process.platform, AuthorizationCode, { signal: abort.signal });
    },
  },
};

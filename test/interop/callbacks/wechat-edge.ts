import { createMpClient } from "@wechat-edge/core";
import { messageAnswer, readMessage, readVerification } from "@wechat-edge/core/mp-messages";
import { createMpPlatform, readPlatformPush } from "@wechat-edge/core/mp-platform";
import type { CallbackClient } from "./callback-client.ts";

const account: CallbackClient["account"] = ({ appid, token, encodingAESKey }, handle) => {
  const mp = createMpClient({ appid, secret: "s", messageToken: token, encodingAESKey });
  return async (request, response) => {
    const { url = "" } = request;
    const outcome = async (): Promise<object> => {
      if (request.method === "GET") return { echostr: await readVerification(mp, { url }) };
      const message = await readMessage(mp, { url, body: Buffer.concat(await request.toArray()) });
      const { ToUserName, FromUserName, CreateTime } = message;
      const text = handle({ ...message });
      if (text === undefined) return {};
      return {
        reply: `<xml><ToUserName>${FromUserName}</ToUserName><FromUserName>${ToUserName}</FromUserName><CreateTime>${CreateTime}</CreateTime><MsgType>text</MsgType><Content>${text}</Content></xml>`,
      };
    };
    const { status, headers, body } = await messageAnswer(
      mp,
      await outcome().catch((error: unknown) => ({ error })),
    );
    response.writeHead(status, headers).end(body);
  };
};

/** No push is replied to; what was understood is in the answer all the same. */
const platform: CallbackClient["platform"] = ({ appid, token, encodingAESKey }, handle) => {
  const component = createMpPlatform({
    component_appid: appid,
    component_appsecret: "s",
    messageToken: token,
    encodingAESKey,
  });
  return async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const push = await readPlatformPush(component, { url: request.url ?? "", body });
    response.end(`<Content>${handle({ ...push })}</Content>`);
  };
};

export const client: CallbackClient = { account, platform };

// Node behind a proxy: WeChat wants calls from addresses that it was told of.

import { createMpClient, type Fetch } from "@wechat-edge/core";
import { ProxyAgent, type RequestInit as UndiciInit, fetch as undiciFetch } from "undici";

const dispatcher = new ProxyAgent("http://127.0.0.1:3128");

const proxied: Fetch = (url, init) => undiciFetch(url, { ...init, dispatcher } as UndiciInit);

export const mp = createMpClient({ appid: "wx26e3b4a1c0d9f857", secret: "", fetch: proxied });

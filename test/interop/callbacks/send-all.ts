import { readFileSync } from "node:fs";
import {
  type Control,
  createEmulator,
  credentials,
  type SentCallback,
} from "@wechat-edge/emulator";
import { exampleFiles } from "../interop-files.ts";
import { accounts, type Mode, modes } from "./accounts.ts";
import { type CallbackServer, startCallbackServer } from "./callback-server.ts";
import { FAULTS } from "./faults.ts";

const picture = readFileSync(exampleFiles.image);

/** The text that is sent. */
export const TEXT = '<b>你好</b> &amp; "]]>" 😀';

/** What the emulator has of one message: what the client understood of it, or how it was answered. */
export interface Received {
  readonly sent: SentCallback;
  readonly understood: Readonly<Record<string, unknown>> | undefined;
}

/** What became of the messages to one client. */
export interface CallbackRun {
  readonly name: string;
  readonly modes: Readonly<
    Record<Mode, { readonly verified: boolean; text: Received; picture: Received; event: Received }>
  >;
  readonly ticket: Received;
  /** In the mode "encrypted". */
  readonly faults: Readonly<Record<string, Received>>;
}

/** Sends a client all kinds of messages, in every mode, and some that WeChat did not send. */
export async function sendAll(name: string): Promise<CallbackRun> {
  const server = await startCallbackServer(name);
  try {
    const { fetch, control } = createEmulator();
    const byMode: Record<string, CallbackRun["modes"][Mode]> = {};
    for (const mode of modes) byMode[mode] = await sendIn(mode, server, control, fetch);
    const faults: Record<string, Received> = {};
    for (const fault of FAULTS) faults[fault] = received(await control.sendMessage({ fault }));
    const { mpPlatforms } = control;
    mpPlatforms.pushTo({ url: `${server.origin}/platform` });
    const ticket = received(await mpPlatforms.push({ ...mpPlatforms.ticket() }));
    return { name, modes: byMode as CallbackRun["modes"], ticket, faults };
  } finally {
    await server.close();
  }
}

async function sendIn(
  mode: Mode,
  { origin }: CallbackServer,
  control: Control,
  fetch: typeof globalThis.fetch,
): Promise<CallbackRun["modes"][Mode]> {
  const messages = { ...accounts[mode], mode, url: `${origin}/${mode}?shop=1` };
  const { appid, ...address } = messages;
  control.seed({ accounts: [{ appid, messages: address }] });
  return {
    verified: await control.verifyMessageUrl(),
    text: received(await control.sendMessage({ message: { Content: TEXT } })),
    picture: received(await control.sendMessage({ media: { type: "image" } })),
    event: received(await publish(control, fetch)),
  };
}

/** Publishes an article; the event at the end is the last message sent. */
async function publish(control: Control, fetch: typeof globalThis.fetch): Promise<SentCallback> {
  const call = async (path: string, body: string | FormData): Promise<Record<string, string>> => {
    const reply = await fetch(`https://api.weixin.qq.com${path}`, { method: "POST", body });
    return (await reply.json()) as Record<string, string>;
  };
  const grant = { grant_type: "client_credential", ...credentials.mp };
  const { access_token } = await call("/cgi-bin/stable_token", JSON.stringify(grant));
  const query = `access_token=${access_token}`;
  const form = new FormData();
  form.set("media", new File([picture], "cover.jpg", { type: "image/jpeg" }));
  const cover = await call(`/cgi-bin/material/add_material?type=image&${query}`, form);
  const article = {
    title: "灯笼街",
    content: "<p>天还没亮透。</p>",
    thumb_media_id: cover["media_id"],
  };
  const draft = await call(`/cgi-bin/draft/add?${query}`, JSON.stringify({ articles: [article] }));
  const { publish_id = "" } = await call(
    `/cgi-bin/freepublish/submit?${query}`,
    JSON.stringify({ media_id: draft["media_id"] }),
  );
  control.publications.setStatus(publish_id, 0);
  await control.deliverNotifications();
  const last = control.callbacks.at(-1);
  if (!last?.xml.includes(publish_id)) throw new Error(`${publish_id} was not announced.`);
  return last;
}

/** Ours replies with numbers where the others have texts. */
function received(sent: SentCallback): Received {
  const reply = sent.reply ?? sent.attempts[0]?.answer ?? "";
  const text = /<Content>(?:<!\[CDATA\[)?(%7B[^\]<]*)/.exec(reply)?.[1];
  const understood =
    text === undefined
      ? undefined
      : (JSON.parse(decodeURIComponent(text)) as Record<string, unknown>);
  return { sent, understood };
}

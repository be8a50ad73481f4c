// The servers of docs/frameworks.md that receive messages, as they stand there: WeChat verifies the address, and a
// follower gets a picture.

import { join } from "node:path";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documented } from "../docs/examples/elsewhere.ts";
import { makeProject, type Project } from "./project.ts";
import { freePort, startServer } from "./server.ts";

const messages = documented("messages");
const secretOf = (name: string): string =>
  new RegExp(`${name} = "(\\w+)"`).exec(messages)?.[1] ?? "";

describe("a program that receives messages", () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject(["express", "hono", "hono-node-server"], {
      "express/messages.ts": messages,
      "express/server.js": documented("messagesExpress"),
      "hono/messages.ts": messages,
      "hono/server.js": documented("messagesHono"),
    });
  });
  afterAll(() => project.remove());

  it.each(["express", "hono"])("answers WeChat: %s", async (folder) => {
    const port = String(await freePort());
    const address = `http://127.0.0.1:${port}/`;
    const cwd = join(project.folder, folder);
    const site = await startServer(process.execPath, ["server.js"], cwd, { PORT: port }, address);
    const { control } = createEmulator();
    const token = secretOf("messageToken");
    const encodingAESKey = secretOf("encodingAESKey");
    const url = `${address}wechat?shop=1`;
    control.seed({
      accounts: [{ appid: credentials.mp.appid, messages: { url, token, encodingAESKey } }],
    });
    try {
      expect(await control.verifyMessageUrl()).toBe(true);
      const message = { MsgType: "text", Content: "街" };
      const replied = await control.sendMessage({ message });
      expect(replied).toMatchObject({ state: "delivered", attempts: [{ status: 200 }] });
      expect(replied.reply).toMatch(
        /<MsgType><!\[CDATA\[image\]\]>.*<MediaId><!\[CDATA\[.{64}\]\]>/,
      );
      const event = { MsgType: "event", Event: "subscribe" };
      const taken = await control.sendMessage({ message: event });
      expect(taken.attempts).toMatchObject([{ status: 200, answer: "success" }]);
      const forged = await control.sendMessage({ message, fault: "tampered" });
      expect(forged.attempts).toMatchObject([{ status: 403, answer: "" }]);
    } finally {
      await site.close();
    }
  });
});

import { Agent, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { credentials, mpEndpoints } from "../../src/index.ts";
import { type RunningEmulator, startEmulator } from "../../src/node.ts";
import {
  APPID,
  file,
  formBody,
  JPEG,
  type MpClient,
  mpClient,
  OTHER,
  temporary,
} from "./mp-client.ts";

let emulator: RunningEmulator;
let mp: MpClient;
beforeAll(async () => {
  emulator = await startEmulator({ port: 0, cors: true });
});
afterAll(() => emulator.close());
beforeEach(() => {
  emulator.control.reset();
  mp = mpClient(fetch, { origin: emulator.baseUrl });
});

const tokenNow = async (): Promise<string> => (await mp.stable()).json.access_token;
const lastEntry = () => emulator.control.journal.entries().at(-1);

interface ShownTokens {
  tokens: { token: string; state: string }[];
  calls: Record<string, number>;
}

/** The fields that tests read; an answer has some of them. */
type ControlJson = Record<string, ShownTokens | undefined> & {
  api: unknown[];
  entries: { sentBytes: number }[];
  error: string;
  media_id: string;
  mp: object;
  mpMedia: object[];
};

const control = async (path: string, method = "GET", body?: unknown) => {
  const response = await fetch(`${emulator.baseUrl}/_emulator/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as ControlJson };
};

describe("the Official Account over HTTP", () => {
  it("uploads and downloads, with WeChat's spelling of Content-disposition", async () => {
    const { media_id } = (await temporary(mp, "image")).json;
    const { bytes, headers } = await mp.get(media_id);
    expect(bytes.equals(JPEG)).toBe(true);
    expect(headers.get("content-length")).toBe(String(JPEG.length));
    const query = new URLSearchParams({ access_token: await tokenNow(), media_id });
    const names = await new Promise<string[]>((resolve, reject) => {
      httpRequest(`${emulator.baseUrl}/cgi-bin/media/get?${query}`, (incoming) => {
        incoming.resume();
        resolve(incoming.rawHeaders.filter((_, at) => at % 2 === 0));
      })
        .on("error", reject)
        .end();
    });
    expect(names).toContain("Content-disposition");
  });

  it("answers HEAD and keeps the connection", async () => {
    const { media_id } = (await temporary(mp, "image")).json;
    const head = await mp.api("/cgi-bin/media/get", { method: "HEAD", query: { media_id } });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(JPEG.length)]);
    expect(head.headers.get("content-type")).toBe("image/jpeg");
    expect(lastEntry()?.sentBytes).toBe(0);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const query = new URLSearchParams({ access_token: await tokenNow(), media_id });
    const reused = (method: string) =>
      new Promise<boolean>((resolve, reject) => {
        const url = `${emulator.baseUrl}/cgi-bin/media/get?${query}`;
        const outgoing = httpRequest(url, { method, agent }, (incoming) => {
          incoming.resume().on("end", () => resolve(outgoing.reusedSocket));
        });
        outgoing.on("error", reject).end();
      });
    expect([await reused("HEAD"), await reused("HEAD"), await reused("GET")]).toEqual([
      false,
      true,
      true,
    ]);
    agent.destroy();
  });

  it("refuses a chunked upload: 412 with an empty body", async () => {
    const query = new URLSearchParams({ access_token: await tokenNow(), type: "image" });
    const response = await fetch(`${emulator.baseUrl}/cgi-bin/media/upload?${query}`, {
      method: "POST",
      body: new Blob([formBody()]).stream(),
      headers: { "content-type": "multipart/form-data; boundary=----mp" },
      duplex: "half",
    } as RequestInit);
    expect([response.status, await response.text()]).toEqual([412, ""]);
  });

  it("serves a video at its address", async () => {
    const form = { filename: "a.mp4", bytes: file("mp4.mp4") };
    const { media_id } = (await temporary(mp, "video", form)).json;
    const { video_url } = (await mp.get(media_id)).json;
    expect(video_url.startsWith(`${emulator.baseUrl}/`)).toBe(true);
    expect((await (await fetch(video_url)).arrayBuffer()).byteLength).toBe(form.bytes.length);
  });

  it("takes the address of the socket for the white list, unless another is set", async () => {
    const accounts = [{ appid: APPID, ipWhitelist: ["9.9.9.9"] }];
    await control("seed", "POST", { accounts });
    const { json } = await mp.plain();
    expect(json.errmsg).toMatch(/^invalid ip 127\.0\.0\.1 ipv6 ::ffff:127\.0\.0\.1, not in white/);
    expect((await control("client-ip", "POST", { clientIp: "9.9.9.9" })).json).toEqual({
      clientIp: "9.9.9.9",
    });
    expect((await mp.plain()).errcode).toBe(0);
    await control("client-ip", "POST", { clientIp: null });
    expect((await mp.plain()).errcode).toBe(40164);
  });

  it("lets pages read name and length of a download, and no control route", async () => {
    const { media_id } = (await temporary(mp, "image")).json;
    const { headers } = await mp.get(media_id);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    const exposed = headers.get("access-control-expose-headers");
    expect(exposed).toContain("Content-Disposition");
    expect(exposed).toContain("Content-Length");
    const closed = await fetch(`${emulator.baseUrl}/_emulator/tokens`);
    expect(closed.headers.has("access-control-allow-origin")).toBe(false);
  });
});

describe("token-killed over HTTP", () => {
  it("strikes when the headers have come, before the body", async () => {
    const access_token = await tokenNow();
    emulator.control.faults.add({ kind: "token-killed" });
    const { hostname, port } = new URL(emulator.baseUrl);
    const body = formBody();
    const answer = await new Promise<string>((resolve, reject) => {
      const sendInTwo = async (): Promise<void> => {
        socket.write(
          `POST /cgi-bin/media/upload?access_token=${access_token}&type=image HTTP/1.1\r\nhost: ${hostname}:${port}\r\nconnection: close\r\ncontent-type: multipart/form-data; boundary=----mp\r\ncontent-length: ${body.length}\r\n\r\n`,
        );
        const state = () => emulator.control.tokens.list(APPID)[0]?.state;
        await expect.poll(state, { interval: 1 }).toBe("killed");
        socket.write(body);
      };
      const socket = connect(Number(port), hostname, () => void sendInTwo().catch(reject));
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk;
      });
      socket.on("error", reject);
      socket.on("end", () => resolve(text));
    });
    expect(answer).toContain('{"errcode":40001,"errmsg":"invalid credential, access_token is inv');
    expect(lastEntry()).toMatchObject({ fault: "token-killed", fileBytes: JPEG.length });
  });
});

describe("a large download", () => {
  const SIZE = 100_000_000;

  async function open() {
    const media_id = emulator.control.userSends({ type: "image", size: SIZE });
    const query = new URLSearchParams({ access_token: await tokenNow(), media_id });
    return fetch(`${emulator.baseUrl}/cgi-bin/media/get?${query}`);
  }
  const sentNow = async (): Promise<number> =>
    (await control("journal")).json.entries.at(-1)?.sentBytes ?? Number.NaN;
  /** What has been sent once it stands still. */
  const settled = async (): Promise<number> => {
    let last = -1;
    await expect
      .poll(
        async () => {
          const before = last;
          last = await sentNow();
          return last === before;
        },
        { interval: 50, timeout: 10_000 },
      )
      .toBe(true);
    return last;
  };

  it("stops when nobody reads, and goes on when somebody does", async () => {
    const response = await open();
    expect(response.headers.get("content-length")).toBe(String(SIZE));
    const held = await settled();
    // The rest of what is sent lies in the two sockets.
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThan(SIZE / 4);
    let read = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      read += chunk.length;
    }
    expect([read, await sentNow()]).toEqual([SIZE, SIZE]);
  });

  it("ends when its client goes away", async () => {
    const response = await open();
    await settled();
    await response.body?.cancel();
    const held = await settled();
    expect(held).toBeLessThan(SIZE / 4);
    expect((await temporary(mp, "image")).errcode).toBe(0);
  });

  it.each(["headers", "body"] as const)("is cut at %s", async (at) => {
    emulator.control.faults.add({ kind: "cut", at, match: { path: "/cgi-bin/media/get" } });
    const response = await open();
    expect(response.headers.get("content-length")).toBe(String(SIZE));
    await expect(response.arrayBuffer()).rejects.toThrow(TypeError);
    expect(await sentNow()).toBe(at === "body" ? SIZE / 2 : 0);
  });

  it("that is truncated ends early", async () => {
    emulator.control.faults.add({ kind: "truncated", match: { path: "/cgi-bin/media/get" } });
    await expect((await open()).arrayBuffer()).rejects.toThrow(TypeError);
    expect(await sentNow()).toBe(SIZE / 2);
  });
});

describe("control routes of the Official Account", () => {
  it("seed accounts, with merchants or without", async () => {
    const merchants = [{ mchid: "1900000109" }];
    await control("seed", "POST", { accounts: [{ appid: OTHER, secret: "s" }], merchants });
    const other = mpClient(fetch, { origin: emulator.baseUrl, appid: OTHER, secret: "s" });
    expect((await other.plain()).errcode).toBe(0);
    await control("reset", "POST");
    expect((await other.plain()).errcode).toBe(40013);
  });

  it("show, kill and expire tokens", async () => {
    const token = await tokenNow();
    const shown = (await control("tokens")).json[APPID];
    expect(shown).toMatchObject({ tokens: [{ token, state: "live" }], calls: { stable: 1 } });
    const killed = await control("tokens", "POST", { kill: APPID, replace: true });
    expect(killed.json[APPID]?.tokens).toMatchObject([{ token, state: "killed" }]);
    const next = await tokenNow();
    expect(next).not.toBe(token);
    const expired = await control("tokens", "POST", { expire: APPID });
    expect(expired.json[APPID]?.tokens[1]).toMatchObject({ token: next, state: "expired" });
  });

  it("let followers send", async () => {
    const bytes = file("png-1x1.png");
    const { json } = await control("user-sends", "POST", {
      type: "image",
      bytes: bytes.toString("base64"),
    });
    expect((await mp.get(json.media_id)).bytes.equals(bytes)).toBe(true);
    const made = (await control("user-sends", "POST", { type: "image", size: 7 })).json;
    expect((await mp.get(made.media_id)).bytes.length).toBe(7);
  });

  it("put articles into a material library", async () => {
    const news_item = [{ title: "街" }];
    const { media_id } = (await control("material-news", "POST", { news_item })).json;
    const got = await mp.api("/cgi-bin/material/get_material", { json: { media_id } });
    expect(got.json).toEqual({ news_item });
  });

  it("show files, messages and calls with their evidence", async () => {
    await temporary(mp, "image");
    const { mpMedia } = (await control("media")).json;
    expect(mpMedia).toMatchObject([{ kind: "temporary", filename: "a.jpg" }]);
    expect(mpMedia[0]).not.toHaveProperty("bytes");
    expect((await control("messages")).json).toEqual({ messages: [] });
    expect((await control("client-ip")).json).toEqual({ clientIp: null });
    const { api } = (await (await fetch(emulator.baseUrl)).json()) as ControlJson;
    expect(api).toEqual(expect.arrayContaining([...mpEndpoints]));
    expect((await control("credentials")).json.mp).toEqual(credentials.mp);
  });

  it.each([
    ["seed", {}, /^body is {}; it must be {"merchants"/],
    ["seed", { accounts: {} }, /^body\.accounts is {}; it must be a list of accounts/],
    ["seed", { accounts: [{ appid: "x" }] }, /^accounts\[0\]\.appid is "x"/],
    ["tokens", {}, /^body is {}; it must be {"kill"/],
    ["tokens", { kill: APPID, expire: APPID }, /^body is {"kill":.*; it must be {"kill": appid/],
    [
      "tokens",
      { expire: APPID, replace: true },
      /^body is {"expire":.*; it must be {"kill": appid/,
    ],
    ["tokens", { kill: 1 }, /^body\.kill is 1; it must be a string/],
    ["user-sends", { type: "x" }, /^media\.type is "x"/],
    [
      "user-sends",
      { type: "image", bytes: "?" },
      /^body\.bytes is "\?"; it must be the file in base64/,
    ],
    ["user-sends", { type: "image", name: "?" }, /^media has no "name"\. It has appid/],
    ["material-news", {}, /^news\.news_item is missing; it must be a list of at least/],
    [
      "material-news",
      { news_item: [1] },
      /^news\.news_item is \[1\]; it must be a list of at least/,
    ],
    ["material-news", { news_item: [], appid: 1 }, /^news\.appid is 1; it must be a string/],
    ["client-ip", {}, /^body is {}; it must be {"clientIp"/],
  ])("%s explains %o", async (path, body, error) => {
    const answer = await control(path, "POST", body);
    expect(answer.status).toBe(400);
    expect(answer.json.error).toMatch(error);
  });
});

describe("the calls", () => {
  it("each carry their evidence and are served", async () => {
    const known = ["documented", "reported", "assumed"];
    for (const { path, method, evidence, source } of mpEndpoints) {
      expect(Object.values(evidence).every((each) => known.includes(each))).toBe(true);
      expect(source).not.toBe("");
      const { status, errcode } = await mp.call(path, { method });
      expect([path, status, [40002, 41001, 44002].includes(errcode)]).toEqual([path, 200, true]);
    }
    expect(mpEndpoints).toHaveLength(13);
  });
});

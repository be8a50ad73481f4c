import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/index.ts";
import { upload } from "../pay/upload-request.ts";
import {
  APPID,
  file,
  formBody,
  JPEG,
  material,
  mpClient,
  OTHER,
  openMp,
  temporary,
} from "./mp-client.ts";

const UPLOAD = "/cgi-bin/media/upload";

function faulty(...faults: Fault[]) {
  const opened = openMp();
  for (const fault of faults) opened.control.faults.add(fault);
  return opened;
}

describe("mp-error", () => {
  it("answers in place of the work, with WeChat's text and a tail", async () => {
    const { mp, control } = faulty({ kind: "mp-error", errcode: -1, match: { path: UPLOAD } });
    const { status, headers, json } = await temporary(mp, "image");
    expect([status, headers.get("content-type")]).toEqual([200, "text/plain"]);
    expect(json.errcode).toBe(-1);
    expect(json.errmsg).toMatch(/^system error hint: \[\w{14}\] rid: /);
    expect(control.mpMedia).toEqual([]);
    expect(control.journal.entries().at(-1)).toMatchObject({ fault: "mp-error", code: "-1" });
    expect((await temporary(mp, "image")).errcode).toBe(0);
  });

  it.each([
    [40164, "invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist"],
    [40016, "invalid button size"],
    [40033, "invalid charset. please check your request, if include \\uxxxx will create fail!"],
    [40119, "invalid use button type"],
    [40132, "invalid username"],
    [42010, "相同 media_id 群发过快"],
    [45083, "the speed out of range"],
    [48021, "自动保存的草稿无法预览/发送"],
    [53500, "发布功能被封禁"],
    [61453, "客服帐号已存在 (kf_account exsited)"],
    [65316, "domain count reach limit"],
    [65407, "the wechat user have been one of your workers"],
    [87009, "invalid signature"],
    [9001020, "账号不合法"],
    [45015, "response out of time limit or subscription is canceled"],
    [45047, "out of response count limit"],
    [47002, "data format error, do NOT use json unicode encode"],
    [48002, "user block receive message"],
    [53404, "账号已被限制带货能力，请删除商品后重试"],
    [53405, "插入商品信息有误，请检查后重试"],
    [53406, "请先开通带货能力"],
    [89503, "此次调用需要管理员确认，请耐心等候"],
    [89506, "该IP调用求请求已被公众号管理员拒绝，请24小时后再试"],
    [89507, "该IP调用求请求已被公众号管理员拒绝，请1小时后再试"],
    [45106, "This API has been unsupported"],
    [61003, "component is not authorized by this account"],
    [61004, "access clientip is not registered"],
    [61006, "component ticket is invalid"],
    [61023, "refresh_token is invalid"],
    [76021, "cgi_path not found, please check"],
    [87014, "risky content"],
    [88000, "without comment privilege"],
    [88001, "msg_data is not exists"],
    [88010, "count range error. cout <= 0 or count > 50"],
  ])("%i has WeChat's text", async (errcode, text) => {
    const { mp } = faulty({ kind: "mp-error", errcode });
    const { json } = await mp.plain();
    expect([json.errcode, json.errmsg.startsWith(text)]).toEqual([errcode, true]);
  });

  it("says what it is told", async () => {
    const fault: Fault = { kind: "mp-error", errcode: 53501, errmsg: "请勿频繁请求", hint: "abc" };
    const { mp } = faulty(fault);
    expect((await mp.plain()).json.errmsg).toMatch(/^请勿频繁请求 hint: \[abc\] rid: /);
  });

  it("leaves Pay alone, as its faults leave the Official Account alone", async () => {
    const { emulator, mp, control } = openMp({ now: Date.now });
    control.faults.add({ kind: "mp-error", errcode: 45009 });
    control.faults.add({ kind: "quota" });
    control.faults.add({ kind: "tampered" });
    expect((await upload(emulator.fetch)).status).toBe(429);
    expect((await mp.plain()).errcode).toBe(45009);
    expect((await mp.plain()).errcode).toBe(0);
    expect(control.faults.list()).toEqual([{ kind: "tampered", times: 1 }]);
  });
});

describe("token-killed", () => {
  it("kills the token when the headers have come: the call is answered 40001", async () => {
    const { mp, control } = faulty({ kind: "token-killed", match: { path: UPLOAD } });
    const count = "/cgi-bin/material/get_materialcount";
    expect((await mp.api(count)).errcode).toBe(0);
    expect((await temporary(mp, "image")).errcode).toBe(40001);
    expect(control.journal.entries().at(-1)).toMatchObject({
      fault: "token-killed",
      code: "40001",
      filename: "a.jpg",
    });
    expect((await mp.api(count)).errcode).toBe(40001);
    expect((await mp.stable()).json.access_token).toBe(control.tokens.list(APPID)[0]?.token);
  });

  it("has been killed before a body in process is read", async () => {
    const { emulator, mp, control } = faulty({ kind: "token-killed", at: "headers" });
    const { access_token } = (await mp.plain()).json;
    const bytes = formBody();
    let state: string | undefined;
    const body = new ReadableStream({
      pull(controller) {
        state = control.tokens.list(APPID)[0]?.state;
        controller.enqueue(bytes);
        controller.close();
      },
    });
    const query = new URLSearchParams({ access_token, type: "image" });
    await emulator.fetch(`https://x${UPLOAD}?${query}`, {
      method: "POST",
      body,
      duplex: "half",
      headers: { "content-type": "multipart/form-data; boundary=----mp" },
    } as RequestInit);
    expect(state).toBe("killed");
  });

  it("lets the stable endpoint answer another when told so", async () => {
    const { mp } = faulty({ kind: "token-killed", replace: true });
    expect((await temporary(mp, "image")).errcode).toBe(40001);
    mp.use((await mp.stable()).json.access_token);
    expect((await temporary(mp, "image")).errcode).toBe(0);
  });

  it("waits for a call with a token, of the account that is meant", async () => {
    const { mp, emulator, control } = openMp({ accounts: [{ appid: OTHER }] });
    control.faults.add({ kind: "token-killed", match: { appid: OTHER } });
    const other = mpClient(emulator.fetch, { appid: OTHER });
    await mp.plain();
    expect((await temporary(mp, "image")).errcode).toBe(0);
    expect((await temporary(other, "image")).errcode).toBe(40001);
    expect(control.faults.list()).toEqual([]);
  });
});

describe("content-type", () => {
  it("sends an error as a picture, and a picture as text", async () => {
    const { mp, control } = openMp();
    const { media_id } = (await temporary(mp, "image")).json;
    control.faults.add({ kind: "mp-error", errcode: 40007, match: { path: "/cgi-bin/media/get" } });
    control.faults.add({ kind: "content-type", type: "image/jpeg" });
    const error = await mp.get(media_id);
    expect([error.headers.get("content-type"), error.errcode]).toEqual(["image/jpeg", 40007]);
    expect(control.journal.entries().at(-1)?.fault).toBe("mp-error+content-type");
    control.faults.add({ kind: "content-type", type: "text/plain" });
    const picture = await mp.get(media_id);
    expect(picture.headers.get("content-type")).toBe("text/plain");
    expect(picture.bytes.equals(JPEG)).toBe(true);
  });

  it("of all JSON is an option", async () => {
    const { mp } = openMp({ jsonContentType: "application/json" });
    expect((await mp.plain()).headers.get("content-type")).toBe("application/json");
  });
});

describe("reply-json", () => {
  it.each([
    [{ access_token: "x", expires_in: 0 }, '{"access_token":"x","expires_in":0}'],
    ["<html>", "<html>"],
    ["", ""],
    [[], "[]"],
    [null, "null"],
  ])("answers %j and issues nothing", async (body, text) => {
    const { mp, control } = faulty({ kind: "reply-json", body });
    expect((await mp.stable()).text).toBe(text);
    expect(control.tokens.list(APPID)).toEqual([]);
    expect((await mp.stable()).json.expires_in).toBe(7200);
  });

  it("changes some fields of the genuine answer", async () => {
    const { mp, control } = faulty({ kind: "reply-json", body: { expires_in: "0" }, merge: true });
    const { json } = await mp.stable();
    expect(json).toEqual({ access_token: control.tokens.list(APPID)[0]?.token, expires_in: "0" });
  });
});

describe("faults of any service, here", () => {
  it("html, status, redirect", async () => {
    const { mp, emulator } = faulty(
      { kind: "html", status: 200 },
      { kind: "status", status: 503, retryAfter: 3 },
      { kind: "status", status: 500, code: "X", message: "y" },
      { kind: "redirect", location: "/elsewhere" },
    );
    const page = await mp.plain();
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html"]);
    const gateway = await mp.plain();
    expect([gateway.status, gateway.text, gateway.headers.get("retry-after")]).toEqual([
      503,
      "",
      "3",
    ]);
    expect((await mp.plain()).json).toEqual({ code: "X", message: "y" });
    const sent = emulator.fetch("https://x/cgi-bin/token", { redirect: "error" });
    await expect(sent).rejects.toThrow(TypeError);
  });

  it("empty, no-media-id, oversize, truncated", async () => {
    const match = { path: UPLOAD };
    const { mp, control } = faulty(
      { kind: "empty", match },
      { kind: "no-media-id", match },
      { kind: "oversize", match },
    );
    expect((await temporary(mp, "image")).text).toBe("");
    expect((await temporary(mp, "image")).text).toBe("{}");
    expect((await temporary(mp, "image")).text.length).toBeGreaterThan(1_048_576);
    control.faults.add({ kind: "truncated", match });
    const cut = temporary(mp, "image");
    await expect(cut).rejects.toThrow(SyntaxError);
    expect(control.mpMedia).toHaveLength(4);
  });

  it("wait for a success", async () => {
    const { mp, control } = faulty({ kind: "empty", match: { path: UPLOAD } });
    expect((await temporary(mp, "x")).errcode).toBe(40004);
    expect(control.faults.list()).toHaveLength(1);
  });

  it("empty and truncated strike a download", async () => {
    const { mp, control } = openMp();
    const { media_id } = (await temporary(mp, "image")).json;
    control.faults.add({ kind: "truncated" });
    const short = await mp.get(media_id);
    expect(short.headers.get("content-length")).toBe(String(JPEG.length));
    expect(short.bytes.equals(JPEG.subarray(0, JPEG.length >> 1))).toBe(true);
    control.faults.add({ kind: "empty" });
    expect((await mp.get(media_id)).bytes.length).toBe(0);
  });
});

describe("cut", () => {
  it("at the request: nothing is done", async () => {
    const { mp, control } = faulty({ kind: "cut", at: "request", match: { path: UPLOAD } });
    await expect(temporary(mp, "image")).rejects.toThrow(TypeError);
    expect(control.mpMedia).toEqual([]);
    const entry = control.journal.entries().at(-1);
    expect([entry?.fault, entry?.status]).toEqual(["cut", undefined]);
    expect((await temporary(mp, "image")).errcode).toBe(0);
  });

  it.each([undefined, "before"] as const)("at %s: the work is done", async (at) => {
    const { mp, control } = openMp();
    control.faults.add({
      kind: "cut",
      match: { path: "/cgi-bin/material/add_material" },
      ...(at && { at }),
    });
    await expect(material(mp, "image")).rejects.toThrow(TypeError);
    expect(control.mpMedia).toMatchObject([{ kind: "permanent" }]);
  });

  it("within a download, by the name under which the file came", async () => {
    const { mp, emulator, control } = openMp();
    const filename = "cut.jpg";
    const { media_id } = (await temporary(mp, "image", { filename })).json;
    control.faults.add({ kind: "cut", at: "body", match: { filename, method: "GET" } });
    const { access_token } = (await mp.stable()).json;
    const query = new URLSearchParams({ access_token, media_id });
    const response = await emulator.fetch(`https://x/cgi-bin/media/get?${query}`);
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value?.length).toBe(JPEG.length >> 1);
    await expect(reader?.read()).rejects.toThrow(TypeError);
    expect(control.journal.entries().at(-1)).toMatchObject({
      fault: "cut",
      sentBytes: JPEG.length >> 1,
    });
  });

  it("goes by the name of a permanent file as well, once it has been looked up", async () => {
    const { mp, control } = openMp();
    const { media_id } = (await material(mp, "image", { filename: "kept.jpg" })).json;
    control.faults.add({ kind: "cut", match: { filename: "kept.jpg" } });
    const got = mp.api("/cgi-bin/material/get_material", { json: { media_id } });
    await expect(got).rejects.toThrow(TypeError);
  });

  it("within a large download leaves the rest unmade", async () => {
    const { mp, emulator, control } = openMp();
    const media_id = control.userSends({ type: "image", size: 4e9 });
    control.faults.add({ kind: "cut", at: "headers", match: { path: "/cgi-bin/media/get" } });
    const { access_token } = (await mp.stable()).json;
    const query = new URLSearchParams({ access_token, media_id });
    const response = await emulator.fetch(`https://x/cgi-bin/media/get?${query}`);
    expect(response.headers.get("content-length")).toBe("4000000000");
    await expect(response.arrayBuffer()).rejects.toThrow(TypeError);
  });
});

describe("matching", () => {
  it("goes by the account", async () => {
    const { mp, emulator, control } = openMp({ accounts: [{ appid: OTHER }] });
    const match = { appid: OTHER };
    control.faults.add({ kind: "mp-error", errcode: -1, match, times: 3 });
    const other = mpClient(emulator.fetch, { appid: OTHER });
    expect((await mp.plain()).errcode).toBe(0);
    expect((await other.plain()).errcode).toBe(-1);
    expect((await other.stable()).errcode).toBe(-1);
    const { access_token } = (await openMp().mp.plain()).json;
    mp.use(access_token);
    expect((await temporary(mp, "image")).errcode).toBe(40001);
    other.use(await issued(control, other));
    expect((await temporary(other, "image")).errcode).toBe(0);
  });

  async function issued(
    control: ReturnType<typeof openMp>["control"],
    other: ReturnType<typeof mpClient>,
  ): Promise<string> {
    control.faults.clear();
    return (await other.stable()).json.access_token;
  }

  it("goes by action and filename", async () => {
    const { mp } = faulty(
      { kind: "mp-error", errcode: 1, match: { action: "init_upload" } },
      { kind: "mp-error", errcode: 2, match: { filename: "b.jpg" } },
    );
    expect((await temporary(mp, "image")).errcode).toBe(0);
    expect((await temporary(mp, "image", { filename: "b.jpg" })).errcode).toBe(2);
    const query = { type: "image", action: "init_upload" };
    expect((await mp.upload(UPLOAD, {}, query)).errcode).toBe(1);
  });

  it("lets `skip` requests pass first, and counts them down", async () => {
    const match = { path: UPLOAD };
    const { mp, control } = faulty(
      { kind: "mp-error", errcode: 1, match, skip: 2, times: 2 },
      { kind: "mp-error", errcode: 2, match, skip: 3 },
    );
    const codes: number[] = [];
    codes.push((await temporary(mp, "image")).errcode);
    expect(control.faults.list()[0]).toEqual({
      kind: "mp-error",
      errcode: 1,
      match,
      skip: 1,
      times: 2,
    });
    for (let i = 0; i < 5; i++) codes.push((await temporary(mp, "image")).errcode);
    expect(codes).toEqual([0, 0, 1, 1, 2, 0]);
    expect(control.faults.list()).toEqual([]);
  });

  it.each([
    [{ kind: "mp-error" }, "fault.errcode is missing; it must be a whole number other than 0."],
    [{ kind: "mp-error", errcode: 0 }, "fault.errcode is 0; it must be a whole number"],
    [{ kind: "token-killed", at: "body" }, 'fault.at is "body"; it must be "headers".'],
    [
      { kind: "token-killed", match: { filename: "a" } },
      'fault.match.filename is "a"; it must be left out: this fault applies before the body',
    ],
    [{ kind: "content-type" }, "fault.type is missing; it must be printable ASCII."],
    [{ kind: "reply-json" }, "fault.body is missing; it must be any JSON."],
    [
      { kind: "reply-json", body: [], merge: true },
      "fault.body is []; it must be an object when merge is true",
    ],
    [{ kind: "mp-error", errcode: 1, skip: -1 }, "fault.skip is -1; it must be"],
  ])("%o cannot be", (fault, message) => {
    expect(() => openMp().control.faults.add(fault as Fault)).toThrow(message);
  });
});

describe("delay", () => {
  it("pauses", async () => {
    const pauses: number[] = [];
    const { mp, control } = openMp({
      sleep: async (ms) => {
        pauses.push(ms);
      },
    });
    control.faults.add({ kind: "delay", ms: 5000 });
    expect((await mp.plain()).errcode).toBe(0);
    expect(pauses).toEqual([5000]);
  });
});

describe("the journal", () => {
  it("tells of a call what was asked and answered, and neither token nor secret", async () => {
    const { mp, control } = openMp();
    const good = await temporary(mp, "voice", { filename: "声.amr", bytes: file("amr-12.2.amr") });
    await mp.upload(UPLOAD, {}, { type: "news", action: "x" });
    await mp.get(good.json.media_id);
    await mp.plain({ secret: "wrong-secret" });
    const [token, first, second, third, fourth] = control.journal.entries();
    expect(token).toMatchObject({ path: "/cgi-bin/stable_token", appid: APPID, status: 200 });
    expect(first).toMatchObject({
      method: "POST",
      path: UPLOAD,
      appid: APPID,
      type: "voice",
      filename: "声.amr",
      fileBytes: file("amr-12.2.amr").length,
      status: 200,
    });
    expect(first).not.toHaveProperty("rid");
    expect(second).toMatchObject({ type: "news", action: "x", code: "40004", status: 200 });
    expect(second?.rid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{8}){2}$/);
    expect(third).toMatchObject({ appid: APPID, filename: "声.amr" });
    expect(fourth).toMatchObject({ appid: APPID, code: "40125" });
    const told = JSON.stringify(control.journal.entries());
    for (const secret of [
      ...control.tokens.list(APPID).map((each) => each.token),
      "wrong-secret",
    ]) {
      expect(told).not.toContain(secret);
    }
    expect(good.headers.has("request-id")).toBe(false);
  });
});

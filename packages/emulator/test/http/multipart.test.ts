import { describe, expect, it } from "vitest";
import { createEmulator, type EmulatorOptions } from "../../src/index.ts";
import { PNG, sha256, upload } from "../pay/upload-request.ts";

const META = JSON.stringify({ filename: "图 a.png", sha256: sha256(PNG) });

interface Form {
  /** Header lines of the meta part, CRLF between them. */
  meta?: string;
  file?: string;
  boundary?: string;
  /** null: no header. */
  contentType?: string | null;
  /** Rewrites the whole body, as latin1 text so that no byte is lost. */
  rewrite?: (body: string) => string;
}

/** Frames meta and file as the given client does, and sends it. */
async function send(
  form: Form,
  { options, ...sent }: { meta?: string; signedBody?: string; options?: EmulatorOptions } = {},
) {
  const {
    meta = 'Content-Disposition: form-data; name="meta"',
    file = 'Content-Disposition: form-data; name="file"; filename="a.png"',
    boundary = "boundary",
    contentType = `multipart/form-data; boundary=${boundary}`,
    rewrite = (body) => body,
  } = form;
  const text = `--${boundary}\r\n${meta}\r\n\r\n${sent.meta ?? META}\r\n--${boundary}\r\n${file}\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(text), PNG, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const { fetch, control } = createEmulator(options);
  const outcome = await upload(fetch, {
    meta: META,
    ...sent,
    body: Buffer.from(rewrite(body.toString("latin1")), "latin1"),
    headers: { "content-type": contentType },
  });
  return { ...outcome, notes: control.journal.entries()[0]?.notes, stored: control.payMedia };
}

describe("forms that real clients send", () => {
  const forms: Record<string, Form> = {
    "WeChat's own sample": {
      meta: 'Content-Disposition: form-data; name="meta";\r\nContent-Type: application/json',
      file: 'Content-Disposition: form-data; name="file"; filename="a.jpg";\r\nContent-Type: image/jpg',
      contentType: "multipart/form-data;boundary=boundary",
      rewrite: (body) => body.slice(0, -2),
    },
    "official Go": {
      meta: 'Content-Disposition: form-data; name="meta";\r\nContent-Type: application/json',
      file: 'Content-Disposition: form-data; name="file"; filename="a\\"b\\\\c.png";\r\nContent-Type: image/png',
      boundary: "e0ba1a2ef4f1b3d7a9a1c2f8c3b8f4c7aa8df04ff3d1ddaaab8cf1a8cd1d",
    },
    "official PHP": {
      meta: 'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json',
      file: 'Content-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Length: 70\r\nContent-Type: image/png',
    },
    "official Java (OkHttp)": {
      meta: 'Content-Disposition: form-data; name="meta"\r\nContent-Length: 99',
      file: 'Content-Disposition: form-data; name="file"; filename="a%22b.png"\r\nContent-Type: image/png\r\nContent-Length: 70',
      boundary: "3f8a4b1e-6d0e-4a83-93a1-4e6a5b3f2c11",
    },
    "Apache HttpClient, raw UTF-8 name": {
      meta: 'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\nContent-Transfer-Encoding: 8bit',
      file: 'Content-Disposition: form-data; name="file"; filename="图片.png"\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary',
      contentType: "multipart/form-data; boundary=boundary; charset=UTF-8",
    },
    "wechatpay-axios-plugin": {
      file: 'Content-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png',
      boundary: "--------------------------179535926849710888589739",
    },
    "curl -F": {
      meta: 'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json',
      file: 'Content-Disposition: form-data; name="file"; filename="\\"a\\".png"\r\nContent-Type: image/png',
      boundary: "------------------------d74496d66958873e",
    },
    "a header whose name is any token": {
      meta: 'Content-Disposition: form-data; name="meta"\r\nX_Meta.1: a\r\nContent-ID: <meta>',
      file: 'Content-Disposition: form-data; name="file"; filename="a.png"\r\nMIME-Version: 1.0',
    },
    "filelength, lower-case headers, filename first": {
      meta: 'content-disposition: form-data; name="meta"',
      file: 'content-disposition:form-data;filename="a.png";filelength=70;name="file"',
      contentType: "Multipart/Form-Data; Boundary=boundary",
    },
  };
  it.each(Object.entries(forms))("%s", async (_, form) => {
    const { status, text, notes } = await send(form);
    expect([status, text]).toEqual([200, expect.stringContaining("media_id")]);
    expect(notes).toBeUndefined();
  });

  const file = (parameters: string): Form => ({
    file: `Content-Disposition: form-data; ${parameters}`,
  });
  it.each([
    file('name="file"; filename="a.png"; filename*=utf-8\'\'a.png'),
    file('name="file"; filename*=utf-8\'\'a.png; filename="a.png"'),
    file('name="file"; filename="=?utf-8?B?5Zu+?="; filename*=utf-8\'\'%E5%9B%BE.png'),
  ])("of .NET, which writes the filename twice: %o", async (form) => {
    expect((await send(form)).status).toBe(200);
  });

  const NO_BOUNDARY = "Content-Type has no boundary; the body's first line shows it";
  const BEFORE = "bytes before the first boundary, which are ignored";
  const AFTER = "bytes after the closing boundary, which are ignored";
  it.each([
    ["WxJava to 4.6", { contentType: "multipart/form-data" }, [NO_BOUNDARY]],
    ["wechatpayv3", { contentType: "multipart/form-data; charset=utf-8" }, [NO_BOUNDARY]],
    [
      "no boundary in Content-Type and an empty line first",
      { contentType: "Multipart/Form-Data;", rewrite: (body) => `\r\n${body}` },
      [NO_BOUNDARY, BEFORE],
    ],
    ["form-data-encoder", { rewrite: (body) => `${body}\r\n` }, [AFTER]],
    ["an epilogue", { rewrite: (body) => `${body}bye` }, [AFTER]],
    ["an empty line first", { rewrite: (body) => `\r\n${body}` }, [BEFORE]],
    ["a preamble", { rewrite: (body) => `hello\r\n${body}` }, [BEFORE]],
    ["both", { rewrite: (body) => `\r\n\r\n${body}\r\n\r\n` }, [BEFORE, AFTER]],
  ] as [string, Form, string[]][])("%s, with a note", async (_, form, notes) => {
    const outcome = await send(form);
    expect([outcome.status, outcome.notes]).toEqual([200, notes]);
    expect(outcome.stored[0]?.sha256).toBe(sha256(PNG));
  });

  it("node-easywechat: the file before meta", async () => {
    const parts = [
      'Content-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n',
      'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n',
    ] as const;
    const body = Buffer.concat([
      Buffer.from(`--b\r\n${parts[0]}`),
      PNG,
      Buffer.from(`\r\n--b\r\n${parts[1]}${META}\r\n--b--\r\n`),
    ]);
    const { status } = await upload(createEmulator().fetch, { meta: META, body, boundary: "b" });
    expect(status).toBe(200);
  });

  it("keeps a file that holds CRLF and the beginning of the boundary, byte for byte", async () => {
    const { fetch, control } = createEmulator();
    const file = Buffer.concat([PNG, Buffer.from("\r\n--boundar\r\n--boundaryX\r\n\n--\r")]);
    const { status } = await upload(fetch, { file });
    expect(status).toBe(200);
    expect(Buffer.from(control.payMedia[0]?.bytes ?? []).equals(file)).toBe(true);
  });

  it("signs over the bytes of meta, blanks and all", async () => {
    const meta = `{ "sha256": "${sha256(PNG)}","bank_type":"x", "filename": "\\u56fe.png"}`;
    expect((await send({}, { meta })).status).toBe(200);
  });
});

const file = (disposition: string): Form => ({ file: `Content-Disposition: ${disposition}` });
const meta = (disposition: string): Form => ({ meta: `Content-Disposition: ${disposition}` });
const type = (contentType: string | null): Form => ({ contentType });

describe("forms in which meta cannot be found", () => {
  const boundaryOf = (boundary: string): Form => ({
    boundary,
    contentType: `multipart/form-data; boundary=${boundary}`,
  });
  const twice = (name: string) => (body: string) =>
    body.replace(
      "--boundary\r\n",
      `--boundary\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n1\r\n--boundary\r\n`,
    );
  const lines = "a line ends in LF only; every line must end in CRLF";
  const quotes = "the boundary in Content-Type is in quotes";
  const length = "the boundary must be 1 to 70 of the characters RFC 2046 allows";
  const elsewhere = "no line of the body is -- and the boundary of Content-Type";
  const unfolded = "a part header must be Name: value";
  const forms: [string, Form, string][] = [
    ["LF everywhere", { rewrite: (body) => body.replaceAll("\r\n", "\n") }, lines],
    ["LF after a header", { rewrite: (body) => body.replace('"meta"\r\n', '"meta"\n') }, lines],
    ["LF in the blank line", { rewrite: (body) => body.replace("\r\n\r\n", "\r\n\n") }, lines],
    [
      "LF first",
      { rewrite: (body) => `\n${body}` },
      "bytes before the first boundary, which are ignored",
    ],
    [
      "LF before a boundary",
      { rewrite: (body) => body.replaceAll("\r\n--boundary", "\n--boundary") },
      lines,
    ],
    [
      "LF everywhere and no boundary",
      { ...type("multipart/form-data"), rewrite: (body) => body.replaceAll("\r\n", "\n") },
      "Content-Type has no boundary",
    ],
    [
      "the file alone, and no boundary",
      { ...type("multipart/form-data"), rewrite: () => PNG.toString("latin1") },
      "Content-Type has no boundary",
    ],
    [
      "no closing boundary",
      { rewrite: (body) => body.replace("\r\n--boundary--", "") },
      "the closing boundary is missing",
    ],
    ["two metas", { rewrite: twice("meta") }, 'there are two parts named "meta"'],
    ["two files", { rewrite: twice("file") }, 'there are two parts named "file"'],
    ["a folded header", file('form-data;\r\n name="file"; filename="a.png"'), unfolded],
    [
      "a header twice",
      file('form-data; name="file"; filename="a"\r\nContent-Type: a/b\r\nContent-Type: a/b'),
      "a part has content-type twice",
    ],
    [
      "a NUL in the name",
      file('form-data; name="file"; filename="a\0.png"'),
      "a part header contains a NUL",
    ],
    [
      "a CR in the name",
      file('form-data; name="file"; filename="a\r.png"'),
      "a part header contains a CR",
    ],
    ["a boundary of 71", boundaryOf("b".repeat(71)), length],
    ["an empty boundary", type("multipart/form-data; boundary="), length],
    ["another boundary", type("multipart/form-data; boundary=other"), elsewhere],
    ["no boundary line", { rewrite: () => META }, elsewhere],
    ["an empty body", { rewrite: () => "" }, elsewhere],
    ["quotes", type('multipart/form-data; boundary="boundary"'), quotes],
    ["quotes, as in WeChat's sample", type('multipart/form-data;boundary="boundary"'), quotes],
    [
      "quotes and a charset",
      type('multipart/form-data; charset=utf-8; boundary="boundary"'),
      quotes,
    ],
    [
      "quotes before a charset",
      type('multipart/form-data; Boundary="boundary"; charset=utf-8'),
      quotes,
    ],
    ["single quotes", type("multipart/form-data; boundary='boundary'"), elsewhere],
    [
      "blanks around =",
      type("multipart/form-data; boundary = boundary"),
      "Content-Type: a parameter must be name=value",
    ],
    [
      "JSON",
      type("application/json"),
      "Content-Type is application/json, it must be multipart/form-data",
    ],
    [
      "JSON with a boundary",
      type("application/json; boundary=boundary"),
      "Content-Type is application/json, it must be multipart/form-data",
    ],
    [
      "urlencoded",
      type("application/x-www-form-urlencoded"),
      "Content-Type is application/x-www-form-urlencoded, it must be multipart/form-data",
    ],
    [
      "multipart/mixed",
      type("multipart/mixed; boundary=boundary"),
      "Content-Type is multipart/mixed, it must be multipart/form-data",
    ],
    ["no Content-Type", type(null), "Content-Type is missing"],
    ["a meta whose name has no quotes", meta("form-data; name=meta"), "name must be quoted"],
    [
      "a meta with a filename",
      meta('form-data; name="meta"; filename="blob"'),
      "meta has a filename, so that it is taken for a file",
    ],
    [
      "a meta without a disposition",
      { meta: "Content-Type: application/json" },
      "a part has no Content-Disposition",
    ],
  ];
  it.each(forms)("%s: 401 over an empty body", async (_, form, issue) => {
    const { status, json, notes, headers } = await send(form);
    expect([status, json.code]).toEqual([401, "SIGN_ERROR"]);
    const { truncated_sign_message } = json.detail.sign_information;
    expect(truncated_sign_message).toMatch(/^POST\n\/v3\/.*\n\n$/s);
    expect(notes).toContain(issue);
    expect(headers.has("wechatpay-signature")).toBe(false);
  });

  it.each(forms.slice(0, 4))(
    "%s: meta is missing where an empty body was signed",
    async (_, form) => {
      const { status, json } = await send(form, { signedBody: "" });
      expect([status, json]).toEqual([400, MISSING_META]);
    },
  );

  it("takes quotes when told so", async () => {
    const quoted = type('multipart/form-data; boundary="boundary"');
    expect((await send(quoted, { options: { quotedBoundary: "accept" } })).status).toBe(200);
    expect((await send(quoted, { options: { quotedBoundary: { pay: "accept" } } })).status).toBe(
      200,
    );
    expect((await send(quoted, { options: { quotedBoundary: { mp: "accept" } } })).status).toBe(
      401,
    );
  });

  it.each([
    "multipart/form-data; Boundary=boundary",
    "multipart/form-data; boundary=boundary ",
    "multipart/form-data ;charset=utf-8;boundary=boundary",
    'multipart/form-data; charset="utf-8"; boundary=boundary',
    "multipart/form-data; boundary=boundary; charset=utf-8",
  ])("takes %o", async (contentType) => {
    expect((await send({ contentType })).status).toBe(200);
  });

  it("takes a boundary of 70", async () => {
    expect((await send(boundaryOf("b".repeat(70)))).status).toBe(200);
  });
});

const missing = (source: string, field: string) => ({
  code: "PARAM_ERROR",
  message: `输入源“${source}”映射到字段“${field}”必填性规则校验失败，此字段为必填项`,
  detail: { location: "body", value: "" },
});
const MISSING_META = missing("/body/meta", "媒体文件元信息");

describe("forms in which the file cannot be found", () => {
  const forms: [string, Form, string | undefined][] = [
    [
      "filename* alone",
      file("form-data; name=\"file\"; filename*=UTF-8''a.png"),
      "filename* is not understood without filename",
    ],
    ["no filename", file('form-data; name="file"'), undefined],
    ["an empty filename", file('form-data; name="file"; filename=""'), undefined],
    ["another name", file('form-data; name="media"; filename="a.png"'), undefined],
    [
      "a filename without quotes",
      file('form-data; name="file"; filename=a.png'),
      "filename must be quoted",
    ],
    [
      "a name without quotes",
      file('form-data; name=file; filename="a.png"'),
      "name must be quoted",
    ],
    [
      "an open quote",
      file('form-data; name="file"; filename="a.png'),
      "Content-Disposition: the quote of filename is not closed",
    ],
    [
      "a parameter twice",
      file('form-data; name="file"; name="file"'),
      "Content-Disposition: name appears twice",
    ],
    ["no name", file('form-data; filename="a.png"'), "a part has no name"],
    [
      "an attachment",
      file('attachment; name="file"'),
      "Content-Disposition is attachment, it must be form-data",
    ],
    ["no disposition", { file: "Content-Type: image/png" }, "a part has no Content-Disposition"],
  ];
  it.each(forms)("%s", async (_, form, issue) => {
    const { status, json, notes } = await send(form);
    expect([status, json]).toEqual([400, missing("/body/file", "图片文件")]);
    expect(notes).toEqual(issue && [issue]);
  });
});

describe("forms without a part", () => {
  const onlyMeta = `--b\r\nContent-Disposition: form-data; name="meta"\r\n\r\n${META}\r\n--b--`;
  const sent = (body: string, signedBody: string, path?: string) =>
    upload(createEmulator().fetch, {
      meta: META,
      signedBody,
      body,
      boundary: "b",
      ...(path && { path }),
    });

  it.each([
    ["/v3/merchant/media/upload", "图片文件"],
    ["/v3/merchant/media/video_upload", "视频文件"],
    ["/v3/marketing/favor/media/image-upload", "图片文件"],
  ])("no file: %s", async (path, field) => {
    const { status, json } = await sent(onlyMeta, META, path);
    expect([status, json]).toEqual([400, missing("/body/file", field)]);
  });

  it("no meta, and so signed over an empty body", async () => {
    const noMeta = onlyMeta.replace("meta", "beta");
    expect((await sent(noMeta, META)).status).toBe(401);
    const { status, json } = await sent(noMeta, "");
    expect([status, json]).toEqual([400, MISSING_META]);
  });

  it.each(["{", "[]"])("meta that is %s", async (text) => {
    const { status, json } = await sent(onlyMeta.replace(META, text), text);
    expect(status).toBe(400);
    expect(json).toMatchObject({
      code: "PARAM_ERROR",
      detail: { issue: "meta is not a JSON object" },
    });
  });
});

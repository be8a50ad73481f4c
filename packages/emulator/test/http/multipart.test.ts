import { describe, expect, it } from "vitest";
import { createEmulator } from "../../src/index.ts";
import { PNG, sampleBody, sha256, upload } from "../pay/upload-request.ts";

const META = JSON.stringify({ filename: "图 a.png", sha256: sha256(PNG) });

interface Form {
  /** Header lines of the meta part, CRLF between them. */
  meta?: string;
  file?: string;
  boundary?: string;
  contentType?: string;
  /** Rewrites the whole body, as latin1 text so that no byte is lost. */
  rewrite?: (body: string) => string;
}

/** Frames meta and file as the given client does, and sends it. */
async function send(form: Form, options: { meta?: string; signedBody?: string } = {}) {
  const {
    meta = 'Content-Disposition: form-data; name="meta"',
    file = 'Content-Disposition: form-data; name="file"; filename="a.png"',
    boundary = "boundary",
    contentType = `multipart/form-data; boundary=${boundary}`,
    rewrite = (body) => body,
  } = form;
  const text = `--${boundary}\r\n${meta}\r\n\r\n${options.meta ?? META}\r\n--${boundary}\r\n${file}\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(text), PNG, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return upload(createEmulator().fetch, {
    meta: META,
    ...options,
    body: Buffer.from(rewrite(body.toString("latin1")), "latin1"),
    headers: { "content-type": contentType },
  });
}

describe("forms that real clients send", () => {
  const forms: Record<string, Form> = {
    "WeChat's own sample": {
      meta: 'Content-Disposition: form-data; name="meta";\r\nContent-Type: application/json',
      file: 'Content-Disposition: form-data; name="file"; filename="a.jpg";\r\nContent-Type: image/jpg',
      contentType: 'multipart/form-data;boundary="boundary"',
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
    "filelength, lower-case headers, filename first": {
      meta: 'content-disposition: form-data; name="meta"',
      file: 'content-disposition:form-data;filename="a.png";filelength=70;name="file"',
      contentType: "Multipart/Form-Data; Boundary=boundary",
    },
  };
  it.each(Object.entries(forms))("%s", async (_, form) => {
    const { status, text } = await send(form);
    expect([status, text]).toEqual([200, expect.stringContaining("media_id")]);
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

describe("forms that are refused", () => {
  const boundaryOf = (boundary: string): Form => ({
    boundary,
    contentType: `multipart/form-data; boundary="${boundary}"`,
  });
  const twice = (name: string) => (body: string) =>
    body.replace(
      "--boundary\r\n",
      `--boundary\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n1\r\n--boundary\r\n`,
    );
  const lines = "a line ends in LF only; every line must end in CRLF";
  const file = (disposition: string): Form => ({ file: `Content-Disposition: ${disposition}` });
  const forms: [string, Form, string][] = [
    ["LF everywhere", { rewrite: (body) => body.replaceAll("\r\n", "\n") }, lines],
    ["LF after a header", { rewrite: (body) => body.replace('"meta"\r\n', '"meta"\n') }, lines],
    ["LF in the blank line", { rewrite: (body) => body.replace("\r\n\r\n", "\r\n\n") }, lines],
    [
      "LF before a boundary",
      { rewrite: (body) => body.replaceAll("\r\n--boundary", "\n--boundary") },
      lines,
    ],
    [
      "no closing boundary",
      { rewrite: (body) => body.replace("\r\n--boundary--", "") },
      "the closing boundary is missing",
    ],
    [
      "a preamble",
      { rewrite: (body) => `hello\r\n${body}` },
      "the body must begin with -- and the boundary of Content-Type",
    ],
    [
      "an epilogue",
      { rewrite: (body) => `${body}bye` },
      "there are bytes after the closing boundary",
    ],
    ["two metas", { rewrite: twice("meta") }, 'there are two parts named "meta"'],
    ["two files", { rewrite: twice("file") }, 'there are two parts named "file"'],
    [
      "filename*",
      file("form-data; name=\"file\"; filename*=UTF-8''a.png"),
      "filename* is not understood",
    ],
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
    [
      "a folded header",
      file('form-data;\r\n name="file"; filename="a.png"'),
      "a part header must be Name: value",
    ],
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
    [
      "a boundary of 71",
      boundaryOf("b".repeat(71)),
      "the boundary must be 1 to 70 of the characters RFC 2046 allows",
    ],
    [
      "an empty boundary",
      { contentType: "multipart/form-data; boundary=" },
      "the boundary must be 1 to 70 of the characters RFC 2046 allows",
    ],
    ["no boundary", { contentType: "multipart/form-data" }, "Content-Type has no boundary"],
    [
      "another boundary",
      { contentType: "multipart/form-data; boundary=other" },
      "the body must begin with -- and the boundary of Content-Type",
    ],
    [
      "JSON",
      { contentType: "application/json" },
      "Content-Type is application/json, it must be multipart/form-data",
    ],
  ];
  it.each(forms)("%s", async (_, form, issue) => {
    const { status, json } = await send(form);
    expect(status).toBe(400);
    expect(json.code).toBe("INVALID_REQUEST");
    expect(json.detail).toEqual({ field: "body", issue, location: "body" });
  });

  it("takes a boundary of 70", async () => {
    expect((await send(boundaryOf("b".repeat(70)))).status).toBe(200);
  });

  const onlyMeta = `--b\r\nContent-Disposition: form-data; name="meta"\r\n\r\n${META}\r\n--b--`;
  const noFilename = sampleBody("b", META, "x", PNG)
    .toString("latin1")
    .replace(' filename="x";', "");
  it.each([
    ["no file", onlyMeta, META, "file is missing or has no filename"],
    ["a file without filename", noFilename, META, "file is missing or has no filename"],
    ["no meta, signed so", onlyMeta.replace("meta", "beta"), "", "meta is missing"],
    ["meta that is no JSON", onlyMeta.replace(META, "{"), "{", "meta is not a JSON object"],
    ["meta that is a list", onlyMeta.replace(META, "[]"), "[]", "meta is not a JSON object"],
  ])("%s", async (_, text, signedBody, issue) => {
    const body = Buffer.from(text, text === noFilename ? "latin1" : "utf8");
    const sent = { meta: META, signedBody, body, boundary: "b" };
    const { status, json } = await upload(createEmulator().fetch, sent);
    expect(status).toBe(400);
    expect(json).toMatchObject({ code: "PARAM_ERROR", detail: { issue } });
  });
});

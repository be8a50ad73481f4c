import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { EmulatorOptions } from "../../../src/index.ts";
import {
  APPID,
  type Form,
  file,
  formBody,
  JPEG,
  material,
  openMp,
  padded,
  temporary,
} from "../mp-client.ts";

const KIB = 1024;
const MIB = 1024 * 1024;
const PNG = file("png-1x1.png");
const MP4 = file("mp4.mp4");
const AMR = file("amr-12.2.amr");
const MP3 = file("mp3-cbr.mp3");
const VIDEO_FIELDS = { description: '{"title":"t","introduction":"i"}' };

const named = (name: string, bytes: Uint8Array = file(name)): Form => ({ filename: name, bytes });

describe("POST /cgi-bin/media/upload", () => {
  it.each([
    ["image", named("a.jpg", JPEG)],
    ["voice", named("a.AMR", AMR)],
    ["voice", named("a.mp3", MP3)],
    ["video", named("a.mp4", MP4)],
  ])("of a %s answers type, media_id and created_at, and no errcode", async (type, form) => {
    const { mp, control } = openMp();
    const { status, headers, json } = await temporary(mp, type, form);
    expect([status, headers.get("content-type")]).toEqual([200, "text/plain"]);
    expect(Object.keys(json)).toEqual(["type", "media_id", "created_at", "item"]);
    expect(json).toMatchObject({ type, created_at: 1_800_000_000 });
    expect(json.media_id).toMatch(/^[A-Za-z0-9_-]{64}$/);
    expect(control.mpMedia).toMatchObject([
      {
        appid: APPID,
        kind: "temporary",
        type,
        media_id: json.media_id,
        filename: form.filename,
        size: form.bytes?.length,
        sha256: createHash("sha256")
          .update(form.bytes ?? "")
          .digest("hex"),
        bytes: new Uint8Array(form.bytes ?? []),
      },
    ]);
  });

  it("of a thumb answers thumb_media_id", async () => {
    const { json } = await temporary(openMp().mp, "thumb");
    expect(Object.keys(json)).toEqual(["type", "thumb_media_id", "created_at", "item"]);
    expect(json.thumb_media_id).toHaveLength(64);
  });

  it("adds errcode 0 when told so", async () => {
    const { mp } = openMp({ successErrcode: true });
    expect((await temporary(mp, "image")).json).toMatchObject({ errcode: 0, errmsg: "ok" });
    expect((await material(mp, "image")).json).toMatchObject({ errcode: 0, errmsg: "ok" });
    expect((await mp.upload("/cgi-bin/media/uploadimg")).json.errcode).toBe(0);
  });

  it("is asked for by POST", async () => {
    const { mp } = openMp();
    expect((await mp.api("/cgi-bin/media/upload", { query: { type: "image" } })).errcode).toBe(
      43002,
    );
  });

  it.each(["", "news", '"image"', "toString"])("refuses the type %j: 40004", async (type) => {
    const { mp } = openMp();
    expect((await temporary(mp, type)).errcode).toBe(40004);
    expect((await material(mp, type)).errcode).toBe(40004);
  });

  it("looks at the token before all", async () => {
    const { mp } = openMp();
    mp.use("nobody");
    expect((await temporary(mp, "news")).errcode).toBe(40001);
  });
});

describe("a form", () => {
  it.each<[string, Form]>([
    ["without the part media", { disposition: 'form-data; name="image"; filename="a.jpg"' }],
    ["without a filename", { disposition: 'form-data; name="media"' }],
    ["with an empty filename", { disposition: 'form-data; name="media"; filename=""' }],
    ["with a filename without quotes", { disposition: 'form-data; name="media"; filename=a.jpg' }],
    ["with filename*", { disposition: "form-data; name=\"media\"; filename*=UTF-8''a.jpg" }],
    ["whose boundary is quoted", { contentType: 'multipart/form-data; boundary="----mp"' }],
    ["of another boundary", { contentType: "multipart/form-data; boundary=other" }],
    ["that is JSON", { contentType: "application/json" }],
    ["whose Content-Type cannot be read", { contentType: "multipart/form-data; boundary" }],
  ])("%s is 41005", async (_, form) => {
    const { mp, control } = openMp();
    for (const answer of [await temporary(mp, "image", form), await material(mp, "image", form)]) {
      expect(answer.errcode).toBe(41005);
      expect(answer.json.errmsg).toMatch(/^media data missing/);
    }
    expect((await mp.upload("/cgi-bin/media/uploadimg", form)).errcode).toBe(41005);
    expect(control.mpMedia).toEqual([]);
  });

  it.each([
    ['form-data; name="upload"; filename="a.jpg"', 'no part is named media; the form has "upload"'],
    ['form-data; name="media"', "the part media has no filename"],
    ['form-data; name="media"; filename=""', "the part media has no filename"],
    ['form-data; name="media"; filename=a.jpg', "filename must be quoted"],
    [
      'form-data; name="media"; filename="a.jpg"; filename*=UTF-8\'\'a.jpg',
      "filename* is not understood",
    ],
  ])("of %s is noted: %s", async (disposition, note) => {
    const { mp, control } = openMp();
    await material(mp, "image", { disposition });
    expect(control.journal.entries().at(-1)?.notes).toEqual([note]);
    expect(control.mpMedia).toEqual([]);
  });

  it("that cannot be read, or has no part, is noted", async () => {
    const { mp, control } = openMp();
    const notesOf = async (boundary: string, body: string | Buffer) => {
      const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
      await mp.api("/cgi-bin/media/upload", { query: { type: "image" }, headers, body });
      return control.journal.entries().at(-1)?.notes;
    };
    expect(await notesOf('"----mp"', Buffer.from(formBody()))).toEqual([
      "the boundary in Content-Type is in quotes",
    ]);
    expect(await notesOf("----mp", "------mp--\r\n")).toEqual([
      "no part is named media; the form has none",
    ]);
  });

  it("keeps all notes", async () => {
    const { mp, control } = openMp();
    const headers = { "content-type": "multipart/form-data; boundary=----mp" };
    const sent = async (name: string) => {
      const disposition = `form-data; name="${name}"; filename="a.jpg"`;
      const body = Buffer.concat([Buffer.from("\r\n"), formBody({ disposition })]);
      await mp.api("/cgi-bin/media/upload", { query: { type: "image" }, headers, body });
      return control.journal.entries().at(-1)?.notes;
    };
    const before = "bytes before the first boundary, which are ignored";
    expect(await sent("x")).toEqual([before, 'no part is named media; the form has "x"']);
    expect(await sent("file")).toEqual([
      before,
      "the file is in the part file; the documents say media",
    ]);
  });

  it("that is cut short is 41005", async () => {
    const { mp } = openMp();
    const headers = { "content-type": "multipart/form-data; boundary=----mp" };
    const body = '------mp\r\nContent-Disposition: form-data; name="media"; filename="a.jpg"\r\n';
    const query = { type: "image" };
    expect((await mp.api("/cgi-bin/media/upload", { query, body, headers })).errcode).toBe(41005);
    const none = await mp.api("/cgi-bin/media/upload", { query, body });
    expect(none.errcode).toBe(41005);
  });

  const typed = "multipart/form-data; boundary=----mp";
  it.each<[string, (form: Buffer) => Buffer, string, string]>([
    ["a preamble", (form) => Buffer.concat([Buffer.from("\r\n"), form]), typed, "before the first"],
    ["an empty line", (form) => Buffer.concat([form, Buffer.from("\r\n")]), typed, "after the"],
    ["two of them", (form) => Buffer.concat([form, Buffer.from("\r\n\r\n")]), typed, "after the"],
    [
      "no CRLF but two LF at its end",
      (form) => Buffer.concat([form.subarray(0, -2), Buffer.from("\n\n")]),
      typed,
      "after the",
    ],
    ["a bare LF", (form) => Buffer.concat([form, Buffer.from("\n")]), typed, "after the"],
    ["an epilogue", (form) => Buffer.concat([form, Buffer.from("the end")]), typed, "after the"],
    ["no boundary in its type", (form) => form, "multipart/form-data", "has no boundary"],
    [
      "no boundary in its type, and CRLF before it",
      (form) => Buffer.concat([Buffer.from("\r\n"), form]),
      "multipart/form-data; charset=utf-8",
      "has no boundary",
    ],
  ])("with %s is taken and noted by every call", async (_, change, contentType, note) => {
    for (const path of [
      "/cgi-bin/media/upload",
      "/cgi-bin/material/add_material",
      "/cgi-bin/media/uploadimg",
    ]) {
      const { mp, control } = openMp();
      const body = new Uint8Array(change(Buffer.from(formBody())));
      const headers = { "content-type": contentType };
      const query = { type: "image" };
      const { status, errcode } = await mp.api(path, { method: "POST", query, headers, body });
      expect([status, errcode]).toEqual([200, 0]);
      expect(control.journal.entries().at(-1)?.notes?.[0]).toContain(note);
      expect(control.mpMedia).toHaveLength(1);
    }
  });

  it("without a boundary in its type whose first line is none either is 41005", async () => {
    const { mp } = openMp();
    const headers = { "content-type": "multipart/form-data" };
    for (const body of ["", "a=b", '{"media":1}', "--\r\n", "------mp\n"]) {
      const query = { type: "image" };
      const sent = { method: "POST", query, headers, body };
      expect((await mp.api("/cgi-bin/media/upload", sent)).errcode).toBe(41005);
    }
  });

  it("whose part is named file is taken by media/upload alone, and noted", async () => {
    const { mp, control } = openMp();
    const form = { disposition: 'form-data; name="file"; filename="b.jpg"' };
    expect((await temporary(mp, "image", form)).errcode).toBe(0);
    const { notes, filename } = control.journal.entries().at(-1) ?? {};
    expect([notes, filename]).toEqual([[expect.stringContaining("in the part file")], "b.jpg"]);
    expect((await temporary(mp, "voice", { ...form, bytes: AMR })).errcode).toBe(40005);
    expect((await material(mp, "image", form)).errcode).toBe(41005);
    expect((await mp.upload("/cgi-bin/media/uploadimg", form)).errcode).toBe(41005);
    for (const name of ["File", "files", "image", "upload", "media[]", ""]) {
      const disposition = `form-data; name="${name}"; filename="b.jpg"`;
      expect((await temporary(mp, "image", { disposition })).errcode).toBe(41005);
    }
    const nameless = { disposition: 'form-data; name="file"' };
    expect((await temporary(mp, "image", nameless)).errcode).toBe(41005);
  });

  it("whose boundary is quoted is taken when told so", async () => {
    const { mp } = openMp({ quotedBoundary: "accept" });
    const contentType = 'multipart/form-data; boundary="----mp"';
    expect((await temporary(mp, "image", { contentType })).errcode).toBe(0);
  });

  it.each([
    'form-data; name="media"; filename="图.jpg"; filelength=1',
    'form-data; filename="a.jpg"; name="media";',
  ])("with %s is taken", async (disposition) => {
    expect((await temporary(openMp().mp, "image", { disposition })).errcode).toBe(0);
  });
});

describe("a file that media/upload refuses", () => {
  it.each<[string, Form, number]>([
    ["image", named("a", JPEG), 40005],
    ["image", named("a.", JPEG), 40005],
    ["image", named(".hidden/a", JPEG), 40005],
    ["image", named("webp-lossy.webp"), 40005],
    ["image", named("a.jpg", file("webp-lossy.webp")), 40005],
    ["image", named("a.webp", JPEG), 40005],
    ["image", named("heic.heic"), 40005],
    ["image", named("a.png", file("heic.heic")), 40005],
    ["image", named("a.txt", JPEG), 40005],
    ["image", named("a.toString", JPEG), 40005],
    ["image", named("a.jpg", file("text-utf-8.txt")), 40005],
    ["image", named("a.jpg", MP4), 40005],
    ["image", named("a.bmp", file("bmp-top-down.bmp")), 40005],
    ["thumb", named("a.png", PNG), 40005],
    ["thumb", named("a.jpg", PNG), 40005],
    ["voice", named("a.wav", file("wave.wav")), 40005],
    ["voice", named("a.mp3", file("aac-adts.aac")), 40005],
    ["video", named("a.avi", file("avi.avi")), 40005],
    ["video", named("a.mp4", file("webm.webm")), 40005],
    ["video", named("a.mp4", file("heic.heic")), 40005],
    ["image", named("a.jpg", new Uint8Array()), 41005],
    ["voice", named("amr-60.2s.amr"), 45007],
    ["voice", named("mp3-61s.mp3"), 45007],
  ])("as %s: %o", async (type, form, errcode) => {
    const { mp, control } = openMp();
    expect((await temporary(mp, type, form)).errcode).toBe(errcode);
    expect(control.mpMedia).toEqual([]);
  });

  it.each<[string, string]>([
    ["image", "gif-89a-animated.gif"],
    ["image", "jpeg-progressive.jpg"],
    ["voice", "amr-60s.amr"],
    ["voice", "amr-60s-dtx.amr"],
    ["voice", "mp3-59.9s.mp3"],
    ["voice", "mp3-60s-encoded.mp3"],
    ["voice", "amr-truncated.amr"],
    ["voice", "mp3-id3v2-picture.mp3"],
  ])("is not, as %s, %s", async (type, name) => {
    expect((await temporary(openMp().mp, type, named(name))).errcode).toBe(0);
  });

  it("may have the extension of another format on the list", async () => {
    expect((await temporary(openMp().mp, "image", named("a.jpg", PNG))).errcode).toBe(0);
  });

  it("may last longer when told so", async () => {
    const { mp } = openMp({ limits: { "voice-seconds": 61 } });
    expect((await temporary(mp, "voice", named("mp3-61s.mp3"))).errcode).toBe(0);
  });
});

describe("the size of a file", () => {
  const start = (type: string): [name: string, bytes: Uint8Array] => {
    if (type === "voice") return ["a.amr", AMR];
    return type === "video" ? ["a.mp4", MP4] : ["a.jpg", JPEG];
  };
  const PATHS: Record<string, string> = {
    temporary: "/cgi-bin/media/upload",
    material: "/cgi-bin/material/add_material",
    article: "/cgi-bin/media/uploadimg",
  };

  it.each<[EmulatorOptions["mediaProfile"], string, string, number, number]>([
    ["2012", "temporary", "image", 128 * KIB, 40006],
    ["2012", "temporary", "voice", 256 * KIB, 40010],
    ["2012", "temporary", "video", MIB, 40011],
    ["2012", "temporary", "thumb", 64 * KIB, 40012],
    ["2014", "temporary", "image", MIB, 40006],
    ["2014", "temporary", "voice", 2 * MIB, 40010],
    ["2014", "temporary", "video", 10 * MIB, 40011],
    ["2014", "temporary", "thumb", 64 * KIB, 40012],
    ["media-api", "temporary", "image", 2 * MIB, 40006],
    ["media-api", "material", "image", 2 * MIB, 45001],
    ["media-api", "article", "image", 5 * MIB, 40009],
    [undefined, "temporary", "image", 10 * MIB, 40006],
    ["current", "temporary", "voice", 2 * MIB, 40010],
    ["current", "temporary", "video", 10 * MIB, 40011],
    ["current", "temporary", "thumb", 64 * KIB, 40012],
    ["current", "material", "image", 10 * MIB, 45001],
    ["current", "material", "voice", 2 * MIB, 40010],
    ["current", "material", "video", 10 * MIB, 40011],
    ["current", "material", "thumb", 64 * KIB, 40012],
    ["current", "article", "image", MIB, 40009],
    ["reported", "article", "image", 8 * MIB, 40009],
    ["reported", "material", "video", 20 * MIB, 40011],
    [undefined, "article", "image", 8 * MIB, 40009],
  ])("under %s, %s %s: %i bytes, else %i", async (mediaProfile, where, type, bytes, errcode) => {
    const { mp } = openMp({
      limits: { "voice-seconds": 1e6 },
      storage: "digests",
      ...(mediaProfile && { mediaProfile }),
    });
    const [filename, file] = start(type);
    const send = (size: number) => {
      const form = { filename, bytes: padded(file, size), fields: VIDEO_FIELDS };
      return mp.upload(PATHS[where] ?? "", form, { type });
    };
    expect((await send(bytes)).errcode).toBe(0);
    const { json } = await send(bytes + 1);
    expect(json.errcode).toBe(errcode);
    if (errcode === 40006) expect(json.errmsg).toMatch(/^invalid meida size/);
  });

  it("is set one by one", async () => {
    const limits = { "temporary-image": 1000, "article-image": 2000 };
    const { mp } = openMp({ limits });
    const form = (size: number): Form => ({ bytes: padded(JPEG, size) });
    expect((await temporary(mp, "image", form(1001))).errcode).toBe(40006);
    expect((await mp.upload("/cgi-bin/media/uploadimg", form(2000))).errcode).toBe(0);
    expect((await mp.upload("/cgi-bin/media/uploadimg", form(2001))).errcode).toBe(40009);
  });

  it.each(["2012", "2014"] as const)("%s takes JPG alone", async (mediaProfile) => {
    const { mp } = openMp({ mediaProfile });
    expect((await temporary(mp, "image", named("a.png", PNG))).errcode).toBe(40005);
  });
});

describe("POST /cgi-bin/media/uploadimg", () => {
  it("answers an http address alone, and takes no place in the material library", async () => {
    const { mp, control } = openMp();
    const { json } = await mp.upload("/cgi-bin/media/uploadimg");
    expect(Object.keys(json)).toEqual(["url"]);
    expect(json.url).toMatch(
      /^http:\/\/mmbiz\.qpic\.cn\/mmbiz\/[A-Za-z0-9_-]{86}\/0\?wx_fmt=[a-z]+$/,
    );
    expect(control.mpMedia).toMatchObject([{ kind: "article-image", url: json.url }]);
    expect((await mp.api("/cgi-bin/material/get_materialcount")).json).toMatchObject({
      image_count: 0,
    });
  });

  it.each([
    ["reported", 0],
    ["current", 40005],
  ] as const)("under %s takes JPG and PNG, and answers %i to a GIF", async (mediaProfile, gif) => {
    const { mp } = openMp({ mediaProfile });
    const errcode = async (form: Form) =>
      (await mp.upload("/cgi-bin/media/uploadimg", form)).errcode;
    expect(await errcode(named("a.png", PNG))).toBe(0);
    expect(await errcode(named("gif-87a.gif"))).toBe(gif);
    expect(await errcode(named("webp-lossless.webp"))).toBe(40005);
    expect(await errcode(named("bmp-top-down.bmp"))).toBe(40005);
    expect(await errcode(named("a", JPEG))).toBe(40005);
  });
});

describe("an errmsg", () => {
  const HINT = / hint: \[[A-Za-z]{6}\d{4}[a-z]\d{3}\]/;
  const RID = / rid: 6b49d200-[0-9a-f]{8}-[0-9a-f]{8}$/;

  it("ends in a hint and a rid, which the journal has too", async () => {
    const { mp, control } = openMp();
    const { errmsg } = (await temporary(mp, "x")).json;
    expect(errmsg).toMatch(new RegExp(`^invalid media type${HINT.source}${RID.source}`));
    const { rid = "?" } = control.journal.entries().at(-1) ?? {};
    expect(errmsg.endsWith(rid)).toBe(true);
  });

  it("ends in a rid, or in neither, when told so", async () => {
    const errmsg = async (errmsgTail: "rid" | "none") =>
      (await temporary(openMp({ errmsgTail }).mp, "x")).json.errmsg;
    expect(await errmsg("rid")).toMatch(new RegExp(`^invalid media type${RID.source}`));
    expect(await errmsg("none")).toBe("invalid media type");
  });
});

describe("storage", () => {
  it("keeps what can be downloaded even as digests, but shows no bytes", async () => {
    const { mp, control } = openMp({ storage: "digests" });
    const { media_id } = (await temporary(mp, "image")).json;
    expect(control.mpMedia[0]).not.toHaveProperty("bytes");
    expect((await mp.get(media_id)).bytes.equals(JPEG)).toBe(true);
  });
});

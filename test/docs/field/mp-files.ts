import { readFileSync } from "node:fs";
import { createMpClient, createSource, createUrlSource, type Fetch } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import {
  addMaterial,
  checkMedia,
  type MediaUploadOptions,
  uploadArticleImage,
  uploadMedia,
} from "@wechat-edge/mp-media";
import {
  formBody,
  type MpOutcome,
  mpClient,
} from "../../../packages/emulator/test/mp/mp-client.ts";
import { CUT_AMR, PADDED_AMR, TAGGED_MP3 } from "../../support/sounds.ts";
import { outcome } from "./outcome.ts";
import type { FieldCase, FieldRow } from "./row.ts";

const root = new URL("../../../", import.meta.url);
const bytesOf = (path: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(path, root)));
const jpeg = bytesOf("examples/media/cover.jpg");
const gif = bytesOf("examples/media/picture-3.gif");
const png = bytesOf("examples/media/picture-2.png");
const bmp = bytesOf("examples/media/receipt.bmp");
const webp = bytesOf("test/fixtures/files/webp-lossy.webp");

const grown = (bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> => {
  const larger = new Uint8Array(size);
  larger.set(bytes);
  return larger;
};

const MIB = 1024 * 1024;

function client() {
  const emulator = createEmulator({ storage: "digests" });
  return { emulator, mp: createMpClient({ ...credentials.mp, fetch: emulator.fetch }) };
}

type Limits = MediaUploadOptions["limits"];

/** A picture for an article. */
const article = (
  input: string,
  file: () => Parameters<typeof uploadArticleImage>[1] | Promise<ReturnType<typeof createSource>>,
  limits?: Limits,
): FieldCase => ({
  input,
  run() {
    const { emulator, mp } = client();
    return outcome(async () => {
      await uploadArticleImage(mp, await file(), { limits });
      return emulator.control.mpMedia
        .map(({ filename, size }) => `taken as ${filename}, ${size} bytes`)
        .join();
    }, emulator);
  },
});

const voice = (input: string, bytes: Uint8Array, name: string, limits?: Limits): FieldCase => ({
  input,
  run() {
    const { emulator, mp } = client();
    const file = createSource(bytes, { name });
    return outcome(async () => {
      await uploadMedia(mp, { type: "voice" }, file, { limits });
      const { format, duration } = await checkMedia({ type: "voice" }, file, { limits });
      return `taken: ${format} of ${duration?.toFixed(2)} s`;
    }, emulator);
  },
});

const named = (input: string, bytes: Uint8Array, name: string): FieldCase =>
  article(input, () => createSource(bytes, { name }));

const server: Fetch = async (_url, { headers }) => {
  const [first = 0, last = 0] = (headers["Range"] ?? "").match(/\d+/g)?.map(Number) ?? [];
  return new Response(jpeg.slice(first, last + 1), {
    status: 206,
    headers: { "Content-Range": `bytes ${first}-${last}/${jpeg.length}`, ETag: '"1"' },
  });
};
const fromUrl = (url: string): FieldCase =>
  article(`createUrlSource of \`${url}\``, () => createUrlSource(url, { fetch: server }));

/** A form as it goes over the wire, to an emulator in this process. */
const form = (
  input: string,
  path: string,
  {
    before = "",
    after = "",
    disposition,
  }: { before?: string; after?: string; disposition?: string },
  contentType = "multipart/form-data; boundary=----mp",
): FieldCase => ({
  input,
  async run() {
    const emulator = createEmulator();
    const call = mpClient(emulator.fetch);
    const body = Buffer.concat([
      Buffer.from(before),
      formBody(disposition === undefined ? {} : { disposition }),
      Buffer.from(after),
    ]);
    const reply = await call.api(path, {
      method: "POST",
      query: { type: "image" },
      headers: { "content-type": contentType },
      body: new Uint8Array(body),
    });
    const notes = emulator.control.journal.entries().at(-1)?.notes ?? [];
    return told(reply, notes);
  },
});

const picture = (input: string, filename: string, bytes: Uint8Array): FieldCase => ({
  input,
  async run() {
    const emulator = createEmulator();
    const call = mpClient(emulator.fetch);
    return told(await call.upload(ARTICLE, { filename, bytes }), []);
  },
});

function told({ status, json, errcode }: MpOutcome, notes: readonly string[]): string {
  const [text] = errcode === 0 ? [] : json.errmsg.split(" hint");
  const noted = notes.length === 0 ? "" : `, noted: ${notes.join("; ")}`;
  return `${status} ${errcode === 0 ? "taken" : `${errcode} ${text}`}${noted}`;
}

const UPLOAD = "/cgi-bin/media/upload";
const MATERIAL = "/cgi-bin/material/add_material";
const ARTICLE = "/cgi-bin/media/uploadimg";

const community = (...ids: readonly string[]): string =>
  ids.map((id) => `https://developers.weixin.qq.com/community/develop/doc/${id}`).join(", ");

const padded = (name: string): FieldCase => voice(name, PADDED_AMR[name]?.[0] ?? jpeg, "a.amr");
const cut = (name: string): FieldCase => voice(name, CUT_AMR[name] ?? jpeg, "a.amr");
const tagged = (name: string): FieldCase => voice(name, TAGGED_MP3[name]?.[0] ?? jpeg, "a.mp3");

const STAFF = `reported by WeChat's staff: GIF may be uploaded, and 40009 comes beyond 8 MB (${community("00022a06bb49c8147daccd68151c00", "000208381983c05f8e5197d666ec00", "0006cc56b40078bc40d046d916b800")}); documented otherwise: jpg and png under 1MB.`;

/** M1, M3, M4, M19, M30, M31, E15. */
export const mpFileRows: readonly FieldRow[] = [
  {
    id: "M1",
    about: "Pictures of articles that the documents do not allow, and WeChat takes",
    evidence: STAFF,
    cases: [
      named("a GIF", gif, "a.gif"),
      named("a JPEG of 1.3 MB", grown(jpeg, 1_363_149), "a.jpg"),
      named("a PNG of 5 MiB and a byte", grown(png, 5 * MIB + 1), "a.png"),
      named("a GIF of 8 MiB", grown(gif, 8 * MIB), "a.GIF"),
      named("a JPEG of 8 MiB and a byte", grown(jpeg, 8 * MIB + 1), "a.jpg"),
      named("a BMP", bmp, "a.bmp"),
      {
        input: "the same BMP as a permanent picture",
        run() {
          const { emulator, mp } = client();
          const file = createSource(bmp, { name: "a.bmp" });
          return outcome(async () => {
            const { media_id } = await addMaterial(mp, { type: "image" }, file);
            return `a media_id of ${media_id.length} characters`;
          }, emulator);
        },
      },
      article(
        'a GIF, with `limits: "current"`',
        () => createSource(gif, { name: "a.gif" }),
        "current",
      ),
      article(
        'a JPEG of 1.3 MB, with `limits: "current"`',
        () => createSource(grown(jpeg, 1_363_149), { name: "a.jpg" }),
        "current",
      ),
      article(
        'a JPEG of 6 MiB, with `limits: "media-api"`',
        () => createSource(grown(jpeg, 6 * MIB), { name: "a.jpg" }),
        "media-api",
      ),
    ],
  },
  {
    id: "M3",
    about: "AMR with zeros after its last frame",
    evidence:
      "reported (xiangyuecn/Recorder#106; recorder-core of npm up to 1.2.23070100 writes them).",
    cases: [
      ...Object.keys(PADDED_AMR).map(padded),
      ...Object.keys(CUT_AMR).map(cut),
      voice(
        "a tail of 12 bytes of a frame, with `truncatedSound: true`",
        CUT_AMR["a tail of 12 bytes of a frame"] ?? jpeg,
        "a.amr",
        { truncatedSound: true },
      ),
    ],
  },
  {
    id: "M4",
    about: "MP3 with tags, padding and damage",
    evidence:
      "assumed: ffprobe plays all of them; samples of ExoPlayer, music-metadata and TagLib.",
    cases: Object.keys(TAGGED_MP3).map(tagged),
  },
  {
    id: "M19",
    about: "Names without an extension",
    evidence:
      "reported: WeChat answers 40113 to them; the tools that meet them are wechatsync/Wechatsync#53 #67.",
    cases: [
      fromUrl("https://mmbiz.qpic.cn/mmbiz_jpg/abc/640?wx_fmt=jpeg"),
      fromUrl("https://cdn.example/a.jpg!w800"),
      fromUrl("https://images.unsplash.com/photo-1506744038136-46273834b3fb?w=900"),
      fromUrl("https://cdn.example/avatar/?id=3"),
      fromUrl("https://cdn.example/getImage.do"),
      fromUrl("https://cdn.example/640.webp"),
      fromUrl("https://store.example/v0/b/x/o/images%2Fstreet.jpg?alt=media"),
      named("a JPEG named `640?wx_fmt=jpeg`", jpeg, "640?wx_fmt=jpeg"),
      named("a JPEG named `a.jpeg.exe`", jpeg, "a.jpeg.exe"),
      named("bytes named `blob`", png, "blob"),
      named("bytes without a name", gif, ""),
      named("a JPEG named `a.jfif`", jpeg, "a.jfif"),
      article("a stream named `image`", () => ({
        name: "image",
        size: png.length,
        stream: new Blob([png]).stream(),
      })),
      named("WebP named `640`", webp, "640"),
      named("a BMP named `blob`", bmp, "blob"),
      named("the key of a store, `uploads/abc`", jpeg, "uploads/abc"),
    ],
  },
  {
    id: "M30",
    about: "The emulator takes what stands outside of a form",
    evidence:
      "documented: RFC 2046 ignores preamble and epilogue; nine of ten stored Java uploaders for WeChat write an empty line.",
    cases: [
      form("an empty line after the closing boundary", UPLOAD, { after: "\r\n" }),
      form("the same, to add_material", MATERIAL, { after: "\r\n" }),
      form("the same, to uploadimg", ARTICLE, { after: "\r\n" }),
      form("two empty lines after it", UPLOAD, { after: "\r\n\r\n" }),
      form("a bare LF after it", UPLOAD, { after: "\n" }),
      form("text after it", ARTICLE, { after: "the end" }),
      form("CRLF before the first boundary", MATERIAL, { before: "\r\n" }),
      form("text before it", UPLOAD, { before: "a form follows\r\n" }),
    ],
  },
  {
    id: "M31",
    about: "The emulator takes pictures of articles as WeChat does",
    evidence: STAFF,
    cases: [
      picture("a GIF", "a.gif", gif),
      picture("a GIF of 8 MiB", "a.gif", grown(gif, 8 * MIB)),
      picture("a JPEG of 1.3 MB", "a.jpg", grown(jpeg, 1_363_149)),
      picture("a PNG of 8 MiB and a byte", "a.png", grown(png, 8 * MIB + 1)),
      picture("a BMP", "a.bmp", bmp),
    ],
  },
  {
    id: "E15",
    about: "The emulator takes the part `file` where WeChat does",
    evidence: "reported: Senparc.Weixin sends it to media/upload; assumed: nowhere else.",
    cases: [
      form("`file` to media/upload", UPLOAD, {
        disposition: 'form-data; name="file"; filename="a.jpg"',
      }),
      form("`file` to add_material", MATERIAL, {
        disposition: 'form-data; name="file"; filename="a.jpg"',
      }),
      form("`file` to uploadimg", ARTICLE, {
        disposition: 'form-data; name="file"; filename="a.jpg"',
      }),
      form("`image` to media/upload", UPLOAD, {
        disposition: 'form-data; name="image"; filename="a.jpg"',
      }),
      form("`file` without a filename", UPLOAD, { disposition: 'form-data; name="file"' }),
    ],
  },
];

// The emulator as an Official Account, asked as other people's programs ask.

import { readFileSync } from "node:fs";
import { createEmulator, credentials, type EmulatorOptions } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { type BrokenTable, brokenTables } from "../tables.ts";
import type { FieldCase, FieldRow } from "./row.ts";

const HOST = "https://api.weixin.qq.com/cgi-bin/";

interface NewsItem {
  title: string;
  content?: string;
}

/** What answers have; one has some of it. */
interface Json {
  errcode?: number;
  access_token: string;
  media_id: string;
  url: string;
  publish_id: number | string;
  msg_data_id: number | string;
  publish_status: number;
  news_item: NewsItem[];
  item: { content: { news_item: NewsItem[] } }[];
}

interface Account {
  post: (path: string, body: string | object) => Promise<Json>;
  text: (path: string, body: string | object) => Promise<string>;
  upload: (path: string, name?: "cover.jpg" | "picture.png") => Promise<Json>;
  notes: () => readonly string[];
  draft: (change?: object) => Promise<Json>;
}

/** The demo account of a new emulator, whose publications end at once. */
async function open(options: EmulatorOptions = {}): Promise<Account> {
  const { fetch, control } = createEmulator({
    now: () => 1_800_000_000_000,
    review: { publication: 0 },
    ...options,
  });
  const { appid, secret } = credentials.mp;
  let token = "";
  const send = async (path: string, body: BodyInit): Promise<string> => {
    const query = path.includes("?") ? "&" : "?";
    const address = `${HOST}${path}${query}access_token=${token}`;
    return (await fetch(address, { method: "POST", body })).text();
  };
  const grant = { grant_type: "client_credential", appid, secret };
  token = (JSON.parse(await send("stable_token", JSON.stringify(grant))) as Json).access_token;
  const text: Account["text"] = (path, body) =>
    send(path, typeof body === "string" ? body : JSON.stringify(body));
  const account: Account = {
    text,
    post: async (path, body) => JSON.parse(await text(path, body)),
    async upload(path, name = "cover.jpg") {
      const form = new FormData();
      form.set("media", sampleFile(name));
      return JSON.parse(await send(path, form));
    },
    notes: () => control.journal.entries().at(-1)?.notes ?? [],
    async draft(change = {}) {
      const { media_id: thumb_media_id } = await account.upload("material/add_material?type=image");
      const article = { thumb_media_id, title: "灯笼街", content: "<p>雨</p>", ...change };
      return account.post("draft/add", { articles: [article] });
    },
  };
  return account;
}

async function published(options: EmulatorOptions = {}): Promise<Account & Json> {
  const account = await open(options);
  const { media_id } = await account.draft();
  return { ...account, ...(await account.post("freepublish/submit", { media_id })) };
}

const asked = (input: string, write: (id: number | string) => string): FieldCase => ({
  input: `asked for as ${input}`,
  async run() {
    const { post, publish_id } = await published();
    const { errcode, publish_status } = await post(
      "freepublish/get",
      `{"publish_id":${write(publish_id)}}`,
    );
    return errcode === undefined ? `publish_status ${publish_status}` : String(errcode);
  },
});

const ofType = (input: string, options: EmulatorOptions): FieldCase => ({
  input,
  async run() {
    const { publish_id, msg_data_id } = await published(options);
    return `publish_id is a ${typeof publish_id}, msg_data_id a ${typeof msg_data_id}`;
  },
});

const idLength = (input: string, options: EmulatorOptions, path: string): FieldCase => ({
  input,
  async run() {
    const account = await open(options);
    const { media_id } = path === "draft/add" ? await account.draft() : await account.upload(path);
    return `${media_id.length} characters`;
  },
});

/** Names of fields, with those of what is in them. */
function shape(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[${shape(value[0])}]`;
  if (typeof value !== "object" || value === null) return "";
  const fields = Object.entries(value).map(([name, each]) => {
    const inner = shape(each);
    return inner === "" ? name : `${name}: ${inner}`;
  });
  return `{ ${fields.join(", ")} }`;
}

const answered = (input: string, run: (account: Account) => Promise<string>, options = {}) => ({
  input,
  run: async () => run(await open(options)),
});

const listed = (input: string, path: string, no_content: unknown): FieldCase => ({
  input: `\`${path}\`, \`no_content: ${input}\``,
  async run() {
    const { post } = await published();
    const { errcode, item } = await post(path, { offset: 0, count: 20, no_content });
    if (errcode !== undefined) return String(errcode);
    const [first] = item;
    return "content" in (first?.content.news_item[0] ?? {}) ? "with content" : "without content";
  },
});

const escaped = (input: string, json: string, options: EmulatorOptions = {}): FieldCase => ({
  input,
  async run() {
    const account = await open(options);
    const cover = await account.upload("material/add_material?type=image");
    const article = JSON.stringify({
      thumb_media_id: cover.media_id,
      title: "T",
      content: "雨",
    });
    const added = await account.post("draft/add", `{"articles":[${article.replace('"T"', json)}]}`);
    if (added.errcode !== undefined) return String(added.errcode);
    const notes = account.notes();
    const { media_id } = added;
    const { news_item } = await account.post("draft/get", { media_id });
    const { title } = news_item[0] ?? {};
    return `the title is \`${title}\`${notes.length === 0 ? "" : `, noted: ${notes.join("; ")}`}`;
  },
});

const counted = ({ length }: readonly BrokenTable[]): string =>
  length === 0 ? "whole" : `${length} broken`;

const page = (path: string): FieldCase => ({
  input: `\`${path}\``,
  async run() {
    const text = readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
    return counted(brokenTables(text));
  },
});

/** M32, E2, E8, E9, E12, E16. */
export const mpEmulatorRows: readonly FieldRow[] = [
  {
    id: "M32",
    about: "Permanent media_ids have 43 characters or 64",
    evidence:
      "reported ([csdn](https://blog.csdn.net/m0_58095675/article/details/128308773), [community](https://developers.weixin.qq.com/community/develop/doc/000e8e3c7f444848a252ede7066800); WxJava's tests have both).",
    cases: [
      idLength("`add_material`", {}, "material/add_material?type=image"),
      idLength(
        "`add_material`, `mediaIdLength: 64`",
        { mediaIdLength: 64 },
        "material/add_material?type=image",
      ),
      idLength("`draft/add`, `mediaIdLength: 64`", { mediaIdLength: 64 }, "draft/add"),
      idLength("`media/upload`", {}, "media/upload?type=image"),
    ],
  },
  {
    id: "E2",
    about: "`publish_id` is a number, and asked for in either form",
    evidence:
      "reported (recorded answers of 2021 and 2026: `2650177668`, `2247483949`); documented as a text.",
    cases: [
      ofType("by default", {}),
      ofType('`publishIdType: "string"`', { publishIdType: "string" }),
      asked("a number", (id) => String(id)),
      asked("a text", (id) => `"${id}"`),
      asked("a text that no number holds", () => '"6100000000000000001"'),
    ],
  },
  {
    id: "E8",
    about: "The shapes of answers about drafts and publications",
    evidence: "reported (answers recorded in the tests of WxJava and by users of MCP servers).",
    cases: [
      answered("a picture of a draft", async (account) => {
        const { url } = await account.upload("media/uploadimg", "picture.png");
        const { media_id } = await account.draft({ content: `<img src="${url}">` });
        const { news_item } = await account.post("draft/get", { media_id });
        const [item] = news_item;
        const [, address] = /<img (.*)>/.exec(item?.content ?? "") ?? [];
        return `\`${address?.replace(/mmbiz\/[^/]+/, "mmbiz/…")}\``;
      }),
      answered("`draft/add`", async (account) => shape(await account.draft())),
      answered("`draft/add` without a cover", async (account) => {
        const { errcode } = await account.draft({ thumb_media_id: "" });
        return String(errcode);
      }),
      answered("`draft/get`", async (account) => {
        const { media_id } = await account.draft();
        return shape(await account.post("draft/get", { media_id }));
      }),
      answered("`draft/get` of a picture message", async (account) => {
        const cover = await account.upload("material/add_material?type=image");
        const { media_id } = await account.draft({
          article_type: "newspic",
          image_info: { image_list: [{ image_media_id: cover.media_id }] },
        });
        return shape(await account.post("draft/get", { media_id }));
      }),
      answered("`draft/batchget`", async (account) => {
        await account.draft();
        const body = { offset: 0, count: 20, no_content: 1 };
        return shape(await account.post("draft/batchget", body));
      }),
      answered(
        '`draft/batchget`, `listTimes: "entry"`',
        async (account) => {
          await account.draft();
          const body = { offset: 0, count: 20, no_content: 1 };
          return shape(await account.post("draft/batchget", body));
        },
        { listTimes: "entry" },
      ),
      answered("the JSON of `draft/get`", async (account) => {
        const { media_id } = await account.draft();
        const text = await account.text("draft/get", { media_id });
        return `\`${/"url":"http:[^?]*/.exec(text)?.[0]}…\``;
      }),
    ],
  },
  {
    id: "E9",
    about: "`no_content` as a boolean",
    evidence: "reported (silenceper/wechat sends it so).",
    cases: [
      listed("true", "freepublish/batchget", true),
      listed("false", "freepublish/batchget", false),
      listed("1", "freepublish/batchget", 1),
      listed('"true"', "freepublish/batchget", "true"),
      {
        input: "`draft/batchget`, `no_content: true`",
        async run() {
          const account = await open();
          await account.draft();
          const body = { offset: 0, count: 20, no_content: true };
          const { item } = await account.post("draft/batchget", body);
          const [first] = item;
          return "content" in (first?.content.news_item[0] ?? {})
            ? "with content"
            : "without content";
        },
      },
    ],
  },
  {
    id: "E12",
    about: "`\\uXXXX` in the JSON of a draft",
    evidence:
      "reported (Python's `requests` and PHP's `json_encode` write it by default; readers see the escapes); 40033 is documented.",
    cases: [
      escaped("`\\u706f\\u7b3c`, as `requests` writes it", String.raw`"\u706f\u7b3c"`),
      escaped("`\\u003cb\\u003e`, as Gson and Go write it", String.raw`"\u003cb\u003e"`),
      escaped("`\\\\u706f`, the characters themselves", String.raw`"\\u706f"`),
      escaped('`\\/` and `\\"`, which are no such escapes', String.raw`"a\/b\"c"`),
      escaped('`\\u706f`, `unicodeEscapes: "refuse"`', String.raw`"\u706f"`, {
        unicodeEscapes: "refuse",
      }),
      escaped('`\\u706f`, `unicodeEscapes: "decode"`', String.raw`"\u706f"`, {
        unicodeEscapes: "decode",
      }),
    ],
  },
  {
    id: "E16",
    about: "Tables of the READMEs are whole",
    evidence: "it concerns the emulator alone.",
    cases: [
      page("packages/emulator/README.md"),
      page("packages/emulator/README.zh-CN.md"),
      page("packages/mp-publish/README.md"),
      {
        input: "a table with a blank line in it",
        run: async () => counted(brokenTables("| a |\n| - |\n| b |\n\n| c |\n")),
      },
    ],
  },
];

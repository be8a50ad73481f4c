import { readFileSync } from "node:fs";
import {
  createEmulator,
  credentials,
  type Emulator,
  type EmulatorOptions,
} from "../../src/index.ts";

// A client of its own: nothing of the emulator frames or reads for its tests.

export const { appid: APPID, secret: SECRET } = credentials.mp;
export const OTHER = "wx00000000000000aa";
export const OPENID = "oFixture-Follower_0123456789";

export const file = (name: string): Buffer =>
  readFileSync(new URL(`../../../../test/fixtures/files/${name}`, import.meta.url));

export const JPEG: Buffer = file("jpeg-1x1.jpg");

/** The file, grown with zeros to this size. */
export const padded = (bytes: Uint8Array, size: number): Buffer =>
  Buffer.concat([bytes, Buffer.alloc(size - bytes.length)]);

export interface MpJson {
  errcode: number;
  errmsg: string;
  access_token: string;
  expires_in: number;
  type: string;
  media_id: string;
  thumb_media_id: string;
  created_at: number;
  url: string;
  video_url: string;
  down_url: string;
  item: { media_id: string; name: string }[];
  total_count: number;
}

export interface MpOutcome {
  status: number;
  headers: Headers;
  bytes: Buffer;
  text: string;
  json: MpJson;
  /** 0 where there is none. */
  errcode: number;
}

export interface Sent {
  method?: string;
  query?: Record<string, string>;
  json?: unknown;
  body?: Uint8Array | string;
  headers?: Record<string, string>;
}

export interface Form {
  filename?: string;
  bytes?: Uint8Array;
  /** The whole header of the part `media`. */
  disposition?: string;
  contentType?: string;
  fields?: Record<string, string>;
}

const BOUNDARY = "----mp";

export function formBody({ filename = "a.jpg", bytes = JPEG, disposition, fields }: Form = {}) {
  const parts: Uint8Array[] = [];
  for (const [name, value] of Object.entries(fields ?? {})) {
    parts.push(
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      ),
    );
  }
  const header = disposition ?? `form-data; name="media"; filename="${filename}"`;
  parts.push(
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: ${header}\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
    bytes,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  );
  return new Uint8Array(Buffer.concat(parts));
}

async function outcome(response: Response): Promise<MpOutcome> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = bytes.toString();
  const json = text.startsWith("{") ? JSON.parse(text) : undefined;
  const { status, headers } = response;
  return { status, headers, bytes, text, json, errcode: json?.errcode ?? 0 };
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface MpClient {
  call(path: string, sent?: Sent): Promise<MpOutcome>;
  /** The answer of the token endpoints. */
  plain(change?: Record<string, string>): Promise<MpOutcome>;
  stable(change?: Record<string, unknown>): Promise<MpOutcome>;
  /** Calls with a token: that of `use`, or one fetched at the first call. */
  api(path: string, sent?: Sent): Promise<MpOutcome>;
  upload(path: string, form?: Form, query?: Record<string, string>): Promise<MpOutcome>;
  get(mediaId: string, path?: string): Promise<MpOutcome>;
  use(token: string): void;
}

export function mpClient(
  fetch: Fetch,
  { origin = "https://api.weixin.qq.com", appid = APPID, secret = SECRET } = {},
): MpClient {
  let token: string | undefined;
  const call: MpClient["call"] = async (path, sent = {}) => {
    const { method = sent.json === undefined && sent.body === undefined ? "GET" : "POST" } = sent;
    const query = new URLSearchParams(sent.query).toString();
    const body = sent.json === undefined ? sent.body : JSON.stringify(sent.json);
    const { headers = {} } = sent;
    const init: RequestInit = { method, headers };
    if (body !== undefined) init.body = body as Uint8Array<ArrayBuffer>;
    return outcome(await fetch(`${origin}${path}${query && `?${query}`}`, init));
  };
  const grant = { grant_type: "client_credential", appid, secret };
  const client: MpClient = {
    call,
    plain: (change = {}) => call("/cgi-bin/token", { query: { ...grant, ...change } }),
    stable: (change = {}) => call("/cgi-bin/stable_token", { json: { ...grant, ...change } }),
    async api(path, sent = {}) {
      token ??= (await client.stable()).json.access_token;
      return call(path, { ...sent, query: { access_token: token, ...sent.query } });
    },
    upload: (path, form = {}, query = {}) =>
      client.api(path, {
        query,
        body: formBody(form),
        headers: {
          "content-type": form.contentType ?? `multipart/form-data; boundary=${BOUNDARY}`,
        },
      }),
    get: (media_id, path = "/cgi-bin/media/get") => client.api(path, { query: { media_id } }),
    use(given) {
      token = given;
    },
  };
  return client;
}

/** An emulator whose clock stands still, and a client of its demo account. */
export function openMp(options: EmulatorOptions = {}): {
  emulator: Emulator;
  control: Emulator["control"];
  mp: MpClient;
} {
  const emulator = createEmulator({ now: () => 1_800_000_000_000, ...options });
  return { emulator, control: emulator.control, mp: mpClient(emulator.fetch) };
}

export const temporary = (mp: MpClient, type: string, form?: Form): Promise<MpOutcome> =>
  mp.upload("/cgi-bin/media/upload", form, { type });

export const material = (mp: MpClient, type: string, form?: Form): Promise<MpOutcome> =>
  mp.upload("/cgi-bin/material/add_material", form, { type });

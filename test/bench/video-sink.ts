// Takes the calls of a video's upload on plain sockets and throws the blocks away, for as little as
// Node can do it for: what is measured is the client. It serves files too, so that a page can be one.
//   /latency/25/cgi-bin/…   answers 25 ms after the request's last byte
//   /digests/cgi-bin/…      keeps each block's SHA-1
//   GET /_report            tells what came since the last report
//   POST /_result           takes what a page has to tell

import { createHash, type Hash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { extname, join, normalize } from "node:path";
import process from "node:process";
import { pipeline } from "node:stream";

/** A block as it came. */
export interface SunkBlock {
  readonly part_num: number;
  readonly part_sha: string;
  readonly length: number;
  /** Of the bytes that came, where digests were asked for. */
  readonly sha1: string | undefined;
}

/** A video as it came. */
export interface SunkVideo {
  readonly filesha: string;
  readonly filesize: number;
  /** In the order of their last bytes. */
  readonly blocks: SunkBlock[];
  finished: boolean;
  saved: boolean;
}

/** What came since the last report. */
export interface SinkReport {
  readonly requests: number;
  /** Requests with a method that has a body, but without a content-length. */
  readonly withoutLength: number;
  readonly videos: readonly SunkVideo[];
  /** Milliseconds that blocks waited for their answers, in all. */
  readonly waitedMs: number;
}

/** A sink that runs. */
export interface RunningSink {
  readonly origin: string;
  close(): void;
}

interface Call {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly latency: number;
  readonly hash: Hash | undefined;
  /** Kept for the calls that are JSON. */
  readonly json: Buffer[] | undefined;
  readonly length: number;
}

const MAX_HEAD_BYTES = 16 * 1024;
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mp4": "video/mp4",
};

/** Starts it on a free port of loopback; `folder` holds the files that it serves. */
export async function startSink({
  folder,
  onResult,
}: {
  folder?: string | undefined;
  onResult?: ((result: unknown) => void) | undefined;
} = {}): Promise<RunningSink> {
  let report = emptyReport();
  const videos = new Map<string, SunkVideo>();
  const sockets = new Set<Socket>();

  const begin = (head: string): Call | undefined => {
    const [, method = "", target = ""] = /^(\S+) (\S+) HTTP/.exec(head) ?? [];
    if (method === "GET") return undefined;
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    report.requests += 1;
    if (length === undefined) report.withoutLength += 1;
    const { pathname, searchParams } = new URL(target, "http://sink");
    const isBlock = searchParams.get("action") === "upload_block";
    return {
      path: pathname.replace(/^.*?(?=\/cgi-bin\/)/, ""),
      query: searchParams,
      latency: Number(/^\/latency\/(\d+)\//.exec(pathname)?.[1] ?? 0),
      hash: isBlock && pathname.startsWith("/digests/") ? createHash("sha1") : undefined,
      json: isBlock ? undefined : [],
      length: Number(length ?? 0),
    };
  };

  const answer = ({ path, query, hash, json, length }: Call): object => {
    if (path.endsWith("token")) return { access_token: "TOKEN", expires_in: 7200 };
    const body = json === undefined || length === 0 ? {} : parse(Buffer.concat(json));
    if (path === "/_result") {
      onResult?.(body);
      return {};
    }
    const action = query.get("action");
    if (action === "init_upload") {
      const vid = `wxv_${videos.size + 1}`;
      const { filesha, filesize } = body as { filesha: string; filesize: number };
      const video = { filesha, filesize, blocks: [], finished: false, saved: false };
      videos.set(vid, video);
      report.videos.push(video);
      return { ret: 0, vid };
    }
    const vid = query.get("vid") ?? (body as { content?: string }).content ?? "";
    const video = videos.get(vid);
    if (video === undefined) return { ret: -1 };
    if (action === "upload_block") {
      const part_num = Number(query.get("part_num"));
      const part_sha = query.get("part_sha") ?? "";
      video.blocks.push({ part_num, part_sha, length, sha1: hash?.digest("hex") });
    } else if (action === "upload_finish") {
      video.finished = true;
    } else if (action === "save_video") {
      video.saved = true;
      return { ret: 0, media_id: `media_${vid}` };
    }
    return { ret: 0 };
  };

  const finish = (socket: Socket, call: Call): void => {
    const text = JSON.stringify(answer(call));
    if (call.latency === 0) {
      reply(socket, text);
      return;
    }
    const since = performance.now();
    setTimeout(() => {
      report.waitedMs += performance.now() - since;
      reply(socket, text);
    }, call.latency);
  };

  const serve = (socket: Socket, head: string): void => {
    const { pathname } = new URL(/^\S+ (\S+)/.exec(head)?.[1] ?? "/", "http://sink");
    if (pathname === "/_report") {
      reply(socket, JSON.stringify(report));
      report = emptyReport();
      return;
    }
    const path = join(folder ?? "", normalize(pathname === "/" ? "/index.html" : pathname));
    const stat = folder === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) {
      socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return;
    }
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    socket.write(
      `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${stat.size}\r\nConnection: close\r\n\r\n`,
    );
    pipeline(createReadStream(path), socket, () => undefined);
  };

  const server = createServer({ noDelay: true }, (socket) => {
    let call: Call | undefined;
    let left = 0;
    let head = "";
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.on("data", (data: Buffer) => {
      for (let at = 0; at < data.length; ) {
        if (call === undefined) {
          const before = head.length;
          head += data.toString("latin1", at, at + MAX_HEAD_BYTES);
          const end = head.indexOf("\r\n\r\n");
          if (end < 0) {
            if (head.length > MAX_HEAD_BYTES) socket.destroy();
            return;
          }
          at += end + 4 - before;
          call = begin(head.slice(0, end));
          if (call === undefined) serve(socket, head.slice(0, end));
          left = call?.length ?? 0;
          head = "";
        } else {
          const part = data.subarray(at, at + left);
          call.hash?.update(part);
          call.json?.push(part);
          left -= part.length;
          at += part.length;
        }
        if (call !== undefined && left === 0) {
          finish(socket, call);
          call = undefined;
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Asks a sink what came, and lets it begin anew. */
export async function takeReport(origin: string): Promise<SinkReport> {
  const response = await fetch(`${origin}/_report`);
  return (await response.json()) as SinkReport;
}

/** What is wrong with the one video that a sink was sent, and with the requests that brought it. */
export function faultsOf(
  { videos, withoutLength }: SinkReport,
  expected: { readonly sha1: string; readonly size: number; readonly blocks?: readonly string[] },
): string[] {
  const [video] = videos;
  if (video === undefined || videos.length > 1) return [`${videos.length} videos came`];
  const count = Math.ceil(expected.size / 1024 ** 2);
  const numbers = new Set(video.blocks.map(({ part_num }) => part_num));
  const bytes = video.blocks.reduce((sum, { length }) => sum + length, 0);
  const wrong = video.blocks.filter(
    ({ part_num, part_sha, sha1 = part_sha }) =>
      sha1 !== part_sha || (expected.blocks?.[part_num - 1] ?? sha1) !== sha1,
  );
  return [
    ...(withoutLength === 0 ? [] : [`${withoutLength} requests had no content-length`]),
    ...(video.filesha === expected.sha1 ? [] : [`filesha is ${video.filesha}`]),
    ...(video.filesize === expected.size ? [] : [`filesize is ${video.filesize}`]),
    ...(numbers.size === count && video.blocks.length === count
      ? []
      : [`${video.blocks.length} blocks came, ${numbers.size} different ones of ${count}`]),
    ...(bytes === expected.size ? [] : [`${bytes} bytes came of ${expected.size}`]),
    ...wrong.map(({ part_num }) => `block ${part_num} has another SHA-1`),
    ...(video.finished && video.saved ? [] : ["it was not finished and saved"]),
  ];
}

interface MutableReport {
  requests: number;
  withoutLength: number;
  videos: SunkVideo[];
  waitedMs: number;
}

function emptyReport(): MutableReport {
  return { requests: 0, withoutLength: 0, videos: [], waitedMs: 0 };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return {};
  }
}

function reply(socket: Socket, text: string): void {
  const length = Buffer.byteLength(text);
  socket.write(
    `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${text}`,
  );
}

// Forked, it is a process of its own.
if (process.send !== undefined && import.meta.main) {
  process.once("disconnect", () => process.exit());
  const { origin } = await startSink();
  process.send(origin);
}

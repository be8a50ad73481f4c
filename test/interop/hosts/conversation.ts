import type { Exchange } from "../recorder.ts";

/** What went over one connection, with nothing changed. */
export interface Conversation {
  readonly sent: Buffer;
  readonly received: Buffer;
}

/** A request, and the header lines of its answer as they came. */
export interface WireExchange extends Exchange {
  readonly replyHeaders: readonly (readonly [name: string, value: string])[];
}

interface Message {
  /** First line. */
  readonly start: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** The requests of a connection, each with its answer. */
export function exchangesOf({ sent, received }: Conversation): WireExchange[] {
  // 100 Continue is no answer.
  const answers = messagesOf(received).filter(({ start }) => !start.startsWith("HTTP/1.1 1"));
  return messagesOf(sent).map(({ start, headers, body }, at) => {
    const [method = "", target = ""] = start.split(" ");
    const answer = answers[at];
    if (answer === undefined) throw new Error(`${start} was not answered.`);
    const status = Number(answer.start.split(" ")[1]);
    const code = codeOf(answer.body);
    const replyHeaders = answer.headers;
    return { method, target, headers, body, status, ...(code && { code }), replyHeaders };
  });
}

function messagesOf(bytes: Buffer): Message[] {
  const messages: Message[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf("\r\n\r\n", at);
    if (end < 0) throw new Error("A message has no end of its headers.");
    const [start = "", ...lines] = bytes.toString("utf8", at, end).split("\r\n");
    const headers = lines.map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
    const [body, next] = bodyAt(bytes, end + 4, headers);
    messages.push({ start, headers, body });
    at = next;
  }
  return messages;
}

function bodyAt(bytes: Buffer, at: number, headers: Message["headers"]): [Buffer, number] {
  const value = (name: string) => headers.find(([sent]) => sent.toLowerCase() === name)?.[1];
  if (value("transfer-encoding") === "chunked") return chunksAt(bytes, at);
  const end = at + Number(value("content-length") ?? 0);
  return [bytes.subarray(at, end), end];
}

function chunksAt(bytes: Buffer, from: number): [Buffer, number] {
  const chunks: Buffer[] = [];
  for (let at = from; ; ) {
    const line = bytes.indexOf("\r\n", at);
    if (line < 0) throw new Error("A chunk has no size.");
    const start = line + 2;
    const end = start + Number.parseInt(bytes.toString("latin1", at, line), 16);
    chunks.push(bytes.subarray(start, end));
    at = end + 2;
    if (start === end) return [Buffer.concat(chunks), at];
  }
}

function codeOf(answer: Buffer): string | undefined {
  if (answer[0] !== "{".charCodeAt(0)) return undefined;
  return (JSON.parse(answer.toString()) as { code?: string }).code;
}

import { describe, expect, it } from "vitest";
import { exchangesOf } from "./conversation.ts";

const lines = (...all: string[]): Buffer => Buffer.from(all.join("\r\n"));

describe("exchangesOf", () => {
  it("reads requests and answers of one connection, with the case of their headers", () => {
    const sent = lines(
      "GET /a HTTP/1.1",
      "hOst: x",
      "",
      "POST /b HTTP/1.1",
      "Content-Length: 2",
      "",
      "ok",
    );
    const received = lines(
      "HTTP/1.1 200 OK",
      "Request-ID: 1",
      "Content-Length: 2",
      "",
      "{}HTTP/1.1 401 Unauthorized",
      "request-id: 2",
      "content-length: 21",
      "",
      '{"code":"SIGN_ERROR"}',
    );
    expect(exchangesOf({ sent, received })).toMatchObject([
      { method: "GET", target: "/a", headers: [["hOst", "x"]], status: 200 },
      { method: "POST", target: "/b", status: 401, code: "SIGN_ERROR" },
    ]);
    const [first, second] = exchangesOf({ sent, received });
    expect(first?.replyHeaders[0]).toEqual(["Request-ID", "1"]);
    expect(second?.body.toString()).toBe("ok");
  });

  it("joins chunks, and passes over 100 Continue", () => {
    const sent = lines(
      "POST /c HTTP/1.1",
      "Transfer-Encoding: chunked",
      "",
      "3",
      "a\r\n",
      "1",
      "b",
      "0",
      "",
      "",
    );
    const received = lines(
      "HTTP/1.1 100 Continue",
      "",
      "HTTP/1.1 200 OK",
      "Content-Length: 0",
      "",
      "",
    );
    const [only, ...more] = exchangesOf({ sent, received });
    expect(more).toEqual([]);
    expect(only?.status).toBe(200);
    expect(only?.body.toString()).toBe("a\r\nb");
  });

  it("does not hide a request without an answer", () => {
    const sent = lines("GET /d HTTP/1.1", "", "");
    expect(() => exchangesOf({ sent, received: Buffer.alloc(0) })).toThrow("GET /d HTTP/1.1");
  });
});

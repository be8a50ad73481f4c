import { createMpClient, type MpClient } from "@wechat-edge/core";

/** A call as it went out. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** A client whose calls are written down and answered from a list; the last answer is given again and again. */
export function recordedClient(...answers: readonly (object | Error)[]): {
  mp: MpClient;
  calls: RecordedCall[];
} {
  const calls: RecordedCall[] = [];
  const mp = createMpClient({
    appid: "wx0000000000000001",
    getAccessToken: async () => "token",
    sleep: async () => undefined,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const text = await request.text();
      const { pathname } = new URL(request.url);
      calls.push({
        method: request.method,
        path: pathname,
        body: text === "" ? undefined : JSON.parse(text),
      });
      const answer = answers[Math.min(calls.length, answers.length) - 1];
      if (answer instanceof Error) throw answer;
      return Response.json(answer ?? {});
    },
  });
  return { mp, calls };
}

/** A reply that never came. */
export const lost: Error = new TypeError("fetch failed");

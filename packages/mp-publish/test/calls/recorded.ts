import { createMpClient, type MpClient, type MpClientOptions } from "@wechat-edge/core";

/** A call as it went out. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

interface Recorded {
  mp: MpClient;
  calls: RecordedCall[];
}

/** A client whose calls are written down and answered from a list; the last answer is given again and again. */
export function recordedClient(...answers: readonly (object | Error)[]): Recorded {
  return recordedWith({}, ...answers);
}

/** The same, with a `sleep` of its own. */
export function recordedWith(
  { sleep = async () => undefined }: Pick<MpClientOptions, "sleep">,
  ...answers: readonly (object | Error)[]
): Recorded {
  const calls: RecordedCall[] = [];
  const mp = createMpClient({
    appid: "wx0000000000000001",
    getAccessToken: async () => "token",
    sleep,
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

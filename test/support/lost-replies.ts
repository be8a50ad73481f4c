/** What a server answers; by a function, because a body is read once. */
export type Answer = () => Promise<Response>;

/** Of what never comes alone a call may be in a hurry: a busy machine may be slow. */
export const never: Answer = () => new Promise(() => undefined);

/** Ways to lose any reply: after each, WeChat may have carried out the call. */
export const lostReplies = {
  "a cut connection": () => Promise.reject(new TypeError("fetch failed")),
  "a body that breaks off": async () =>
    new Response(
      new ReadableStream({
        pull(controller) {
          controller.error(new TypeError("terminated"));
        },
      }),
    ),
  "no reply in time": never,
  "a redirect": async () => new Response(null, { status: 302, headers: { location: "/" } }),
  "a redirect that fetch refuses": () => Promise.reject(new TypeError("unexpected redirect")),
  "a proxy's 407 that fetch refuses": () =>
    Promise.reject(new TypeError("fetch failed", { cause: new Error("") })),
  "over 1 MiB": async () => new Response("x".repeat(1024 * 1024 + 1)),
  "no Response": async () => undefined as never,
} satisfies Readonly<Record<string, Answer>>;

const GATEWAY = [
  ...[400, 401, 403, 404, 405, 407, 408, 409, 411, 412, 413, 414, 415, 418, 421, 422, 426, 429],
  ...[431, 451, 500, 501, 502, 503, 504, 505, 507, 511, 520, 529],
];

/** Each of these answers with each status that a gateway may send: `403 with HTML`. */
export function fromGateway(
  answers: Readonly<Record<string, (status: number) => Response>>,
): Record<string, Answer> {
  return Object.fromEntries(
    GATEWAY.flatMap((status) =>
      Object.entries(answers).map(([what, answer]) => [
        `${status} with ${what}`,
        async () => answer(status),
      ]),
    ),
  );
}

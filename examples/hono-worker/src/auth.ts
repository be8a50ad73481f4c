import type { MiddlewareHandler } from "hono";
import { type Bindings, required } from "./bindings.ts";
import { RequestError } from "./request-error.ts";

/** Answers 401 to a request without `Authorization: Bearer <UPLOAD_TOKEN>`. */
export const requireToken: MiddlewareHandler<{ Bindings: Bindings }> = async (c, next) => {
  const expected = required(c.env, "UPLOAD_TOKEN");
  const given = /^Bearer +(\S+) *$/i.exec(c.req.header("Authorization") ?? "")?.[1];
  if (given === undefined || !(await isSame(given, expected))) {
    throw new RequestError(401, {
      code: "ERR_UNAUTHORIZED",
      message:
        given === undefined
          ? "Send the token in a header: Authorization: Bearer <token>."
          : "The token is wrong.",
      headers: { "WWW-Authenticate": challenge(given) },
    });
  }
  return next();
};

/** RFC 6750, section 3: an error code only if a token was sent. */
function challenge(given: string | undefined): string {
  const realm = 'Bearer realm="uploads"';
  return given === undefined ? realm : `${realm}, error="invalid_token"`;
}

/** Compares in constant time: `timingSafeEqual` needs equal lengths, which SHA-256 digests have. */
async function isSame(given: string, expected: string): Promise<boolean> {
  const [a, b] = await Promise.all([sha256(given), sha256(expected)]);
  return crypto.subtle.timingSafeEqual(a, b);
}

function sha256(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}

import type { PayClient } from "@wechat-edge/core";
import {
  type DigestedStreamInput,
  type FileInput,
  uploadImage,
  uploadVideo,
} from "@wechat-edge/pay-media";
import { type Context, Hono } from "hono";
import { requireToken } from "./auth.ts";
import type { Bindings } from "./bindings.ts";
import { describeError } from "./errors.ts";
import { drain, incomingFile } from "./incoming-file.ts";
import { notified } from "./notifications.ts";
import { payClient } from "./pay.ts";
import { RequestError } from "./request-error.ts";
import { usage } from "./usage.ts";

type WorkerContext = Context<{ Bindings: Bindings }>;
type Upload = (pay: PayClient, file: FileInput | DigestedStreamInput) => Promise<object>;

const app = new Hono<{ Bindings: Bindings }>();

app.get("/", (c) => c.text(usage(new URL(c.req.url).origin)));
app.post("/images", requireToken, uploadWith(uploadImage));
app.post("/videos", requireToken, uploadWith(uploadVideo));
app.post("/notify/pay", notified);
app.all("/", refuseMethod("GET, HEAD"));
app.all("/images", refuseMethod("POST"));
app.all("/videos", refuseMethod("POST"));
app.all("/notify/pay", refuseMethod("POST"));

app.notFound((c) =>
  answer(
    c,
    new RequestError(404, {
      code: "ERR_NOT_FOUND",
      message: `There is nothing at ${c.req.path}. POST to /images or /videos.`,
    }),
  ),
);
app.onError((error, c) => answer(c, error));

export default app;

function uploadWith(upload: Upload): (c: WorkerContext) => Promise<Response> {
  return async (c) => {
    try {
      return c.json(await upload(payClient(c.env), incomingFile(c.req.raw)));
    } catch (error) {
      await drain(c.req.raw);
      throw error;
    }
  };
}

function refuseMethod(allowed: string): (c: WorkerContext) => Response {
  return (c) =>
    answer(
      c,
      new RequestError(405, {
        code: "ERR_METHOD",
        message: `${c.req.path} does not take ${c.req.method}; it takes ${allowed}.`,
        headers: { Allow: allowed },
      }),
    );
}

function answer(c: Context, reason: unknown): Response {
  const { status, error, headers } = describeError(reason);
  return c.json({ error }, status, headers);
}

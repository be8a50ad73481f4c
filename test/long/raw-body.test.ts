// What docs/frameworks.md says of the raw body of a notification, in each framework that listens by itself.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createEmulator } from "@wechat-edge/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeProject, type Project } from "./project.ts";
import { freePort, startServer } from "./server.ts";

const page = readFileSync(
  fileURLToPath(new URL("../../docs/frameworks.md", import.meta.url)),
  "utf8",
);

const answer = `
import { createPayClient } from "@wechat-edge/core";
import { notificationAnswer, readNotification } from "@wechat-edge/core/pay-notifications";
import { credentials } from "@wechat-edge/emulator";

const pay = createPayClient(credentials.pay);
export const answer = (request) =>
  readNotification(pay, request).then(() => notificationAnswer(), notificationAnswer);
`;

interface Framework {
  /** The code that the page has. */
  readonly documented: readonly string[];
  readonly program: string;
}

const express = 'app.post("/notify", express.raw({ type: "*/*" }), …)';
const fastify =
  'app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_, body, done) => done(null, body))';
const nest = "NestFactory.create(AppModule, { rawBody: true })";

const frameworks: Readonly<Record<string, Framework>> = {
  Express: {
    documented: [express],
    program: `
import express from "express";
const app = express();
${express.replace(
  "…",
  `async (request, response) => {
  const { status, headers, body } = await answer(request);
  response.status(status).set(headers).send(body);
}`,
)};
app.use(express.json());
app.listen(process.env.PORT);
`,
  },
  Fastify: {
    documented: [fastify],
    program: `
import fastify from "fastify";
const app = fastify();
${fastify};
app.post("/notify", async (request, reply) => {
  const { status, headers, body } = await answer(request);
  return reply.code(status).headers(headers).send(body);
});
await app.listen({ port: Number(process.env.PORT) });
`,
  },
  Koa: koa("await buffer(ctx.req)", ""),
  "Koa with koa-bodyparser": koa("ctx.request.rawBody", "app.use(bodyParser());"),
  NestJS: {
    documented: [nest, "request.rawBody"],
    program: `
import { Controller, Module, Post, Req, Res } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
class Notifications {
  async notified(request, response) {
    const { status, headers, body } = await answer({ headers: request.headers, body: request.rawBody });
    response.status(status).set(headers).send(body);
  }
}
const method = [Notifications.prototype, "notified"];
Post("notify")(...method, Object.getOwnPropertyDescriptor(...method));
Req()(...method, 0);
Res()(...method, 1);
Controller()(Notifications);
class AppModule {}
Module({ controllers: [Notifications] })(AppModule);
const app = await ${nest};
await app.listen(process.env.PORT);
`,
  },
  Hono: {
    documented: ["c.req.raw"],
    program: `
import { serve } from "@hono/node-server";
import { Hono } from "hono";
const app = new Hono();
app.post("/notify", async (c) => {
  const { status, headers, body } = await answer(c.req.raw);
  return new Response(body || null, { status, headers });
});
serve({ fetch: app.fetch, port: Number(process.env.PORT) });
`,
  },
};

function koa(body: string, parser: string): Framework {
  const program = `
import { buffer } from "node:stream/consumers";
import Koa from "koa";
import bodyParser from "koa-bodyparser";
const app = new Koa();
${parser}
app.use(async (ctx) => {
  const { status, headers, body } = await answer({ headers: ctx.headers, body: ${body} });
  ctx.status = status;
  ctx.set(headers);
  ctx.body = body;
});
app.listen(process.env.PORT);
`;
  return { documented: [body], program };
}

const names = Object.keys(frameworks);
const fileOf = (name: string): string => `${name.replaceAll(" ", "-")}.js`;

describe("the raw body of a notification", () => {
  let project: Project;
  beforeAll(async () => {
    const programs = names.map((name) => [
      fileOf(name),
      `import { answer } from "./answer.js";${frameworks[name]?.program}`,
    ]);
    project = await makeProject(
      [
        ...(["express", "fastify", "hono", "hono-node-server", "koa", "koa-bodyparser"] as const),
        ...(["nest-common", "nest-core", "nest-express"] as const),
      ],
      { "answer.js": answer, ...Object.fromEntries(programs) },
    );
  });
  afterAll(() => project.remove());

  it.each(names)("is taken as the page says: %s", async (name) => {
    for (const code of frameworks[name]?.documented ?? []) expect(page).toContain(`\`${code}\``);
    const { control } = createEmulator();
    const port = String(await freePort());
    const address = `http://127.0.0.1:${port}/`;
    const args = [fileOf(name)];
    const site = await startServer(process.execPath, args, project.folder, { PORT: port }, address);
    try {
      const url = `${address}notify`;
      const taken = await control.notify({ url });
      expect(taken.attempts).toMatchObject([{ status: 204, answer: "" }]);
      const forged = await control.notify({ url, fault: "tampered" });
      expect(forged.attempts).toMatchObject([{ status: 401 }]);
    } finally {
      await site.close();
    }
  });
});

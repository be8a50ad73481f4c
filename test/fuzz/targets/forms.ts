// Forms and other requests, as the emulator reads them; and the forms that the library writes, read back.

import { createEmulator, credentials } from "@wechat-edge/emulator";
import * as fc from "fast-check";
import { frameForm } from "../../../packages/core/src/upload/multipart.ts";
import { readForm } from "../../../packages/emulator/src/http/multipart.ts";
import { fuzzTarget, must } from "../fuzz-target.ts";
import { mutatedBytes, mutatedText } from "../mutations.ts";

const encoder = new TextEncoder();
const BOUNDARY = "boundary";
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
const form = (...lines: readonly string[]): Uint8Array => encoder.encode(lines.join("\r\n"));
// Shapes of the suites of form parsers: nested and prefixed boundaries, preambles, epilogues, parts without an end.
const forms = [
  form(
    `--${BOUNDARY}`,
    'Content-Disposition: form-data; name="meta"',
    "Content-Type: application/json",
    "",
    '{"filename":"a.jpg","sha256":"0"}',
    `--${BOUNDARY}`,
    'Content-Disposition: form-data; name="file"; filename="a.jpg"',
    "Content-Type: image/jpeg",
    "",
    `\u00ff\u00d8--${BOUNDARY}x`,
    `--${BOUNDARY}--`,
    "",
  ),
  form("preamble", `--${BOUNDARY}`, "", "", `--${BOUNDARY}--`, "epilogue"),
  form(`--${BOUNDARY}`, `--${BOUNDARY}`, `--${BOUNDARY}`),
  form(`--${BOUNDARY}--`),
  form(
    ...Array.from(
      { length: 60 },
      (_, i) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${i}"\r\n\r\n`,
    ),
  ),
  encoder.encode(`--${BOUNDARY}\nContent-Disposition: form-data; name="a"\n\nb\n--${BOUNDARY}--`),
];
const bodies = mutatedBytes([
  ...forms,
  encoder.encode(`\r\n--${BOUNDARY}\r\n`),
  encoder.encode('; name="a"; filename="'),
]);
const types = fc.oneof(
  fc.constant(TYPE),
  mutatedText([TYPE, "multipart/form-data", `multipart/form-data; boundary="${BOUNDARY}"`]),
);

const emulator = createEmulator();
const { access_token } = (await (
  await emulator.fetch(
    new Request("https://api.weixin.qq.com/cgi-bin/stable_token", {
      method: "POST",
      body: JSON.stringify({ grant_type: "client_credential", ...credentials.mp }),
    }),
  )
).json()) as { access_token: string };
const requests = fc.record({
  path: mutatedText(
    [
      `/cgi-bin/media/upload?access_token=${access_token}&type=image`,
      `/cgi-bin/material/add_material?access_token=${access_token}&type=video`,
      `/cgi-bin/draft/add?access_token=${access_token}`,
      `/cgi-bin/media/uploadimg?access_token=${access_token}`,
      "/v3/merchant/media/upload",
      "/v3/certificates",
    ],
    ["access_token=", "&type=", "?", "%", "../"],
  ),
  type: types,
  body: fc.oneof(
    bodies,
    mutatedText(['{"articles":[{"title":"街","content":"<p>","thumb_media_id":"M"}]}']).map(
      (text) => encoder.encode(text),
    ),
  ),
});

export const formTargets = [
  fuzzTarget("forms in the emulator", 1500, fc.tuple(types, bodies), ([type, body]) => {
    const read = readForm(type, body, "refuse");
    if ("issue" in read) return;
    const bytes = [...read.parts.values()].reduce((sum, part) => sum + part.bytes.length, 0);
    must(bytes <= body.length, "The parts are longer than the body.");
    must(
      [...read.parts.values()].every((part) => part.bytes.buffer === body.buffer),
      "A part was copied.",
    );
  }),
  fuzzTarget("requests to the emulator", 120, requests, async ({ path, type, body }) => {
    const url = URL.parse(path.toWellFormed(), "https://api.weixin.qq.com");
    if (url === null) return;
    const contentType = encodeURI(type.toWellFormed())
      .replaceAll("%20", " ")
      .replaceAll("%22", '"');
    const headers = { "content-type": contentType, "content-length": String(body.length) };
    const reply = await emulator.fetch(
      new Request(url, { method: "POST", headers, body: new Uint8Array(body) }),
    );
    must(reply.status < 500, `Answered ${reply.status}: ${await reply.clone().text()}`);
    await reply.arrayBuffer();
    emulator.control.reset?.();
  }),
  fuzzTarget(
    "forms of the library, read by the emulator",
    400,
    fc.tuple(mutatedBytes(forms), mutatedText(["a.jpg", 'q"uote.png', "灯笼.mp4"])),
    ([body, name]) => {
      // Names with a backslash are refused before a form is made of them.
      const filename = name.replace(/[\0\\\p{Surrogate}]/gu, "");
      const { head, tail, contentType } = frameForm(
        [{ name: "meta", type: "application/json", body }],
        { name: "file", filename, type: "image/png" },
      );
      const whole = new Uint8Array([...head, ...body, ...tail]);
      const read = readForm(contentType, whole, "refuse");
      must(!("issue" in read), `The emulator says: ${"issue" in read ? read.issue : ""}`);
      const parts = ["meta", "file"].map((part) => read.parts.get(part)?.bytes);
      must(
        parts.every((bytes) => Buffer.compare(bytes ?? new Uint8Array(), body) === 0),
        "What came is not what was sent.",
      );
    },
  ),
];

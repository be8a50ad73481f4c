// Every text of an error in the sources, found in their syntax: what `docs/errors.md` lists.

import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSync } from "oxc-parser";

export interface ErrorText {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly line: number;
  /** `MediaError`, `TypeError`, …; of a string that is put together elsewhere, the class its file builds. */
  readonly errorClass: string;
  /** The text, with `{name}` in place of what is filled in. */
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Files whose texts become part of an error that is made in another place, and which. */
const PARTS: Readonly<Record<string, string>> = {
  "packages/core/src/errors.ts": "OutcomeUnknownError",
  "packages/core/src/options.ts": "TypeError",
  "packages/core/src/http/response-body.ts": "TypeError",
  "packages/core/src/http/transport.ts": "TypeError",
  "packages/core/src/source/not-a-file.ts": "TypeError",
  "packages/core/src/source/redirects.ts": "ReplyError",
  "packages/core/src/source/url-source.ts": "ReplyError",
  "packages/core/src/mp/errcodes.ts": "MpApiError",
  "packages/core/src/mp/article-errcodes.ts": "MpApiError",
  "packages/core/src/mp/comment-errcodes.ts": "MpApiError",
  "packages/core/src/mp/platform-errcodes.ts": "MpApiError",
  "packages/core/src/mp/exchange.ts": "MpApiError",
  "packages/core/src/mp/quota/quota.ts": "MpApiError",
  "packages/core/src/mp/quota/rid.ts": "MpApiError",
  "packages/core/src/mp/reply.ts": "ReplyError",
  "packages/core/src/mp-platform/authorizer.ts": "MpApiError",
  "packages/core/src/mp-platform/authorizer-token.ts": "MpApiError",
  "packages/core/src/mp-platform/component-call.ts": "MpApiError",
  "packages/core/src/mp-platform/component-token.ts": "MpApiError",
  "packages/core/src/pay/known-answers.ts": "PayApiError",
  "packages/core/src/pay/sign-error.ts": "PayApiError",
  "packages/core/src/pay/verify.ts": "SignatureError",
  "packages/core/src/pay-notifications/read-notification.ts": "NotificationError",
  "packages/core/src/pay-notifications/rewritings.ts": "SignatureError",
  "packages/core/src/pay-notifications/signature-check.ts": "SignatureError",
  "packages/core/src/pay/keys/api-v3-key.ts": "KeyError",
  "packages/core/src/pay/keys/key-text.ts": "KeyError",
  "packages/core/src/pay/keys/looks-like.ts": "TypeError",
  "packages/core/src/hash/hash-worker-script.ts": "MediaError",
  "packages/core/src/upload/content-check.ts": "MediaError",
  "packages/core/src/upload/declared-check.ts": "MediaError",
  "packages/core/src/upload/name-check.ts": "MediaError",
  "packages/pay-media/src/downloads/advice.ts": "PayApiError",
  "packages/core/src/upload/name-repair.ts": "MediaError",
  "packages/core/src/upload/text-content.ts": "MediaError",
  "packages/mp-publish/src/article/check.ts": "ArticleError",
  "packages/mp-publish/src/article/rules/active.ts": "ArticleError",
  "packages/mp-publish/src/article/rules/content.ts": "ArticleError",
  "packages/mp-publish/src/article/rules/crops.ts": "ArticleError",
  "packages/mp-publish/src/article/rules/embeds.ts": "ArticleError",
  "packages/mp-publish/src/article/rules/fields.ts": "ArticleError",
  "packages/mp-publish/src/article/rules/links.ts": "ArticleError",
  "packages/mp-publish/src/article/rules/picture-message.ts": "ArticleError",
  "packages/mp-publish/src/article/rules/pictures.ts": "ArticleError",
  "packages/mp-publish/src/article/rules/stripped.ts": "ArticleError",
  "packages/mp-publish/src/article/rules/texts.ts": "ArticleError",
  "packages/mp-publish/src/job/compose.ts": "ArticleError",
  "packages/mp-publish/src/attempt.ts": "TypeError",
  "packages/mp-publish/src/calls/call-api.ts": "MpApiError",
  "packages/mp-publish/src/calls/comments.ts": "MpApiError",
  "packages/mp-publish/src/calls/drafts.ts": "MpApiError",
  "packages/mp-publish/src/calls/news.ts": "MpApiError",
  "packages/mp-publish/src/calls/preview.ts": "MpApiError",
  "packages/mp-publish/src/calls/publication.ts": "ReviewError",
  "packages/mp-publish/src/calls/publications.ts": "MpApiError",
  "packages/mp-publish/src/calls/videos.ts": "OutcomeUnknownError",
  "packages/mp-publish/src/job/draft-check.ts": "MpApiError",
  "packages/mp-publish/src/job/look-up.ts": "MpApiError",
  "packages/mp-publish/src/job/resolution.ts": "TypeError",
  "packages/mp-publish/src/job/restart-video.ts": "MpApiError",
  "packages/mp-publish/src/job/run-step.ts": "TypeError",
  "packages/mp-publish/src/job/state.ts": "CheckpointError",
  "packages/mp-publish/src/job/unknown-outcome.ts": "OutcomeUnknownError",
  "packages/mp-publish/src/saved.ts": "CheckpointError",
  "packages/mp-publish/src/video/checkpoint.ts": "CheckpointError",
  "packages/mp-publish/src/video/finish-and-save.ts": "MpApiError",
  "packages/mp-publish/src/video/save.ts": "MpApiError",
};

/** What a doctor finds is no error: the page of its service explains it by its code. */
const FINDINGS = /\/doctor\//;

/** Every sentence of the libraries' sources that reaches a user in an error. */
export function errorTexts(): ErrorText[] {
  const files = globSync("packages/{core,pay-media,mp-media,mp-publish}/src/**/*.ts", {
    cwd: root,
  });
  return files
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !FINDINGS.test(file))
    .sort()
    .flatMap((file) => textsOf(file, readFileSync(root + file, "utf8")));
}

/** The sentences of one source. Throws where one belongs to no error that is known. */
export function textsOf(file: string, source: string): ErrorText[] {
  const texts: ErrorText[] = [];
  const visit = (value: unknown, errorClass: string | undefined): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, errorClass);
      return;
    }
    if (!isNode(value)) return;
    const inner = classOf(value) ?? errorClass;
    const text = sentenceOf(value, source);
    if (text !== undefined) {
      const known = inner ?? PARTS[file];
      const line = source.slice(0, value.start).split("\n").length;
      if (known === undefined) {
        throw new Error(`${file}:${line} has a sentence of no known error: ${text}`);
      }
      texts.push({ file, line, errorClass: known, text });
      return;
    }
    for (const child of Object.values(value)) visit(child, inner);
  };
  visit(parseSync(file, source).program, undefined);
  return texts;
}

/** The class of an error that is made, or that a text stands in the body of. */
function classOf({ type, callee, id }: Node): string | undefined {
  const named = type === "NewExpression" ? callee : type === "ClassDeclaration" ? id : undefined;
  const name = isNode(named) ? named["name"] : undefined;
  return typeof name === "string" && name.endsWith("Error") ? name : undefined;
}

/** A text of some words that ends as a sentence does. */
function sentenceOf(node: Node, source: string): string | undefined {
  const text = textOf(node, source);
  if (text === undefined) return undefined;
  const words = text.split(/\s+/).length;
  const isSentence = /[.:?]$/.test(text)
    ? words >= 4
    : /^(?:[A-Z]|\{\w+\} ).*\}$/.test(text) && words >= 6;
  return isSentence ? text : undefined;
}

function textOf(node: Node, source: string): string | undefined {
  if (node.type === "Literal") {
    return typeof node["value"] === "string" ? node["value"].trim() : undefined;
  }
  if (node.type !== "TemplateLiteral") return undefined;
  const quasis = node["quasis"] as readonly { readonly value: { readonly cooked: string } }[];
  const expressions = node["expressions"] as readonly Node[];
  return quasis
    .map(({ value }, i) => value.cooked + placeholder(expressions[i], source))
    .join("")
    .trim();
}

/** `{maxBytes}` of `limits.maxBytes`, `{name}` of `quoted(file.name)`, `{…}` of anything longer. */
function placeholder(expression: Node | undefined, source: string): string {
  if (expression === undefined) return "";
  const code = source.slice(expression.start, expression.end).replace(/\s+/g, " ");
  const call = /^(?:[\w.]+\.)?\w+\(([\w.[\]"]+)\)$/.exec(code);
  const names = (call?.[1] ?? code).match(/^[\w.]+$/) ? (call?.[1] ?? code).split(".") : [];
  return `{${names.at(-1) ?? "…"}}`;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

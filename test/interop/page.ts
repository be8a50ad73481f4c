import { HANG_SECONDS } from "./hostile-tokens.ts";
import { table } from "./markdown-table.ts";
import type { Exchange } from "./recorder.ts";
import { type SituationRows, tokenTables } from "./token-tables.ts";
import type { Traits } from "./traits.ts";

/** What is known of one client after all its uploads. */
export interface Finding {
  readonly name: string;
  /** Why its style cannot work. */
  readonly why?: string;
  /** By column of the first table. */
  readonly answers: Readonly<Record<string, string>>;
  readonly traits: Traits;
}

/** wechat-edge's own finding, and those of the others. */
export interface Findings {
  readonly ours: Finding;
  readonly others: readonly Finding[];
}

const INTRODUCTION = `# What other people's clients send

Each of these clients runs unmodified against the emulator over HTTP, in \`test/interop\`, and what it sends is compared with what wechat-edge sends. The test writes this page: with \`UPDATE_DOCS=1\` it is written anew, without it a page that is out of date fails.
`;

const PAY = `## WeChat Pay

The meta and the file are the same bytes for all that are accepted.

\`test/interop/curl-upload.sh\` serves by itself too: it needs bash, curl and openssl, and prints its arguments when it gets none. node-easywechat is loaded past its main entry, which the newest release of a package it depends on has broken.

What the emulator answers to a chunked body (412) and to a bare \`"\` in a file name (400) is assumed of WeChat Pay.
`;

const MP = `## Official Account

Each client takes its own token, uploads a picture and reads it back by its media_id: the same bytes for all.

co-wechat-api is pointed at the emulator by \`prefix\`, wechat-api by \`endpoint\`, node-easywechat by \`http.baseURL\`. node-easywechat needs a file of another package for the sign-in of users, which the newest release of that package no longer has: something else is handed to it in its place. curl runs as WeChat's documents write it, \`curl -F media=@test.jpg\`.

What the emulator answers to a bare \`"\` in a file name (41005) is assumed.
`;

const TOKENS = `### When tokens do not last

Each client uploads pictures, in each situation with an emulator of its own. An upload is said to hang when its client sends nothing for ${HANG_SECONDS} seconds and has not told how it ended. curl is not here, as it keeps no token.

- **wechat-edge** lets all uploads share one token call, replaces a token that was refused and repeats the upload from the file. A killed token costs it a call more, as \`stable_token\` goes on giving the dead one until a new one is forced.
- **co-wechat-api** takes a new token after 40001 and 42001, but repeats the request with a form that has gone out already, and so sends nothing: it waits until the connection is closed, or for 60 seconds.
- **wechat-api** repeats after 40001, with the token that was refused: until its two hours are over it takes no other. After 42001 it does not repeat.
- **node-easywechat** keeps the token in its cache until the two hours are over. That the reply holds an errcode is no failure to it. What \`withFile\` is given stays with the client until the token is there, so uploads at once take each other's file, and the rest go out without one.
`;

/** The page. */
export function interopPage(pay: Findings, mp: Findings, tokens: readonly SituationRows[]): string {
  return [
    INTRODUCTION,
    PAY,
    ...findingSections(pay),
    MP,
    ...findingSections(mp),
    TOKENS,
    tokenTables(tokens),
  ].join("\n");
}

/** As it stands in the table of answers. */
export function answerOf({ status, code }: Exchange): string {
  return code === undefined ? `${status}` : `${status} ${code}`;
}

function findingSections({ ours, others }: Findings): string[] {
  return [
    "### What the emulator answers\n",
    answerTable([ours, ...others]),
    ...reasons(others),
    "### What wechat-edge sends\n",
    table(["what", "wechat-edge"], [...ours.traits]),
    "### What the others send differently\n",
    ...alike(others).flatMap((group) => section(group, ours.traits)),
  ];
}

function answerTable(all: readonly Finding[]): string {
  const columns = Object.keys(all[0]?.answers ?? {});
  const rows = all.map(({ name, answers }) => [
    name,
    ...columns.map((column) => answers[column] ?? ""),
  ]);
  return table(["client", ...columns], rows);
}

function reasons(findings: readonly Finding[]): string[] {
  const lines = findings.flatMap(({ name, why }) => (why ? [`- **${name}**: ${why}.`] : []));
  return lines.length === 0 ? [] : ["Styles that cannot work as they stand:\n", ...lines, ""];
}

/** Findings that send the same are told of together. */
function alike(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([...finding.traits]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()];
}

function section(group: readonly Finding[], ours: Traits): string[] {
  const traits = group[0]?.traits ?? new Map<string, string>();
  const names = new Set([...ours.keys(), ...traits.keys()]);
  const rows = [...names]
    .map((name) => [name, traits.get(name) ?? "none", ours.get(name) ?? "none"])
    .filter(([, theirs, own]) => theirs !== own);
  const title = group.map(({ name }) => name).join("; ");
  return [`#### ${title}\n`, table(["what", "this client", "wechat-edge"], rows)];
}

/** The page as it would be without a client that stands alone. */
export function withoutClient(page: string, name: string): string {
  const [before = page, after] = page.split(`\n#### ${name}\n`);
  const next = after?.search(/^#/m) ?? -1;
  const kept = after === undefined ? before : `${before}\n${next < 0 ? "" : after.slice(next)}`;
  return kept
    .split("\n")
    .filter((line) => !line.startsWith(`| ${name} |`))
    .join("\n");
}

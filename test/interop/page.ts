import { callbackSections } from "./callbacks-table.ts";
import { HANG_SECONDS } from "./hostile-tokens.ts";
import { table } from "./markdown-table.ts";
import type { PublishingRun } from "./publishing/publish-all.ts";
import { publishingSection } from "./publishing-table.ts";
import type { Exchange } from "./recorder.ts";
import type { StockFinding } from "./stock-finding.ts";
import { stockTables } from "./stock-tables.ts";
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

Each of these clients runs unmodified against the emulator, in \`test/interop\`. \`npm run test:long\` compares what each sends with what wechat-edge sends; \`UPDATE_DOCS=1\` makes it write this page, otherwise it fails if the page is out of date.
`;

const PAY = `## WeChat Pay

These clients are given the address of the emulator and run over HTTP. All accepted clients send the same bytes of meta and file.

You can also use \`test/interop/curl-upload.sh\` alone: it needs bash, curl and openssl, and prints its arguments if you pass none. The test does not import the main entry of node-easywechat, which the newest release of one of its dependencies breaks.

The emulator's answer to a bare \`"\` in a file name (400) is assumed.
`;

const STOCK = `## WeChat Pay, under its own host names

Here the clients are told no address: they call \`https://api.mch.weixin.qq.com\`. Each runs in a process of its own, in which that name leads to the emulator behind TLS and which trusts the authority of the test; the machine's hosts file and its certificates stay as they are. Each uploads a picture, downloads the platform certificates and decrypts them, sends an application with an encrypted name, and reads that name back, as far as it has functions for it. form-data-encoder only frames the form: the rest is written by hand.
`;

const MP = `## Official Account

Each client requests its own token, uploads a picture and downloads it by its media_id; all get the same bytes back.

The address of the emulator is set with \`prefix\` in co-wechat-api, \`endpoint\` in wechat-api and \`http.baseURL\` in node-easywechat. For signing in users, node-easywechat imports a file that the newest release of another package no longer has; the test replaces that file. curl runs as in WeChat's documents: \`curl -F media=@test.jpg\`.

The emulator's answer to a bare \`"\` in a file name (41005) is assumed.
`;

const TOKENS = `### When a token stops working

In each situation, each client uploads pictures to its own emulator. An upload hangs if its client sends nothing for ${HANG_SECONDS} seconds and reports no result. curl keeps no token, so it is not in these tables.

- **wechat-edge** shares one token call among all uploads, replaces a refused token and repeats the upload from the file. A revoked token costs one more call, because \`stable_token\` returns the revoked token until a new one is forced.
- **co-wechat-api** requests a new token after 40001 and 42001, but repeats the request with a form that it has already sent, and so sends nothing: it waits until the connection is closed, or for 60 seconds.
- **wechat-api** repeats after 40001 with the refused token, and requests no other until its two hours are over. After 42001 it does not repeat.
- **node-easywechat** keeps the token in its cache until the two hours are over. It does not treat an errcode in the reply as a failure. The client holds the file of \`withFile\` until it has a token, so simultaneous uploads send each other's file, and the rest are sent without one.
`;

/** The page up to the clients of other languages. */
export function interopPage(
  pay: Findings,
  stock: readonly StockFinding[],
  mp: Findings,
  tokens: readonly SituationRows[],
  publishing: readonly PublishingRun[],
): string {
  return [
    INTRODUCTION,
    PAY,
    ...findingSections(pay),
    STOCK,
    ...stockTables(stock),
    MP,
    ...findingSections(mp),
    TOKENS,
    tokenTables(tokens),
    ...publishingSection(publishing),
    ...callbackSections(),
  ].join("\n");
}

/** What test/long writes, where there are Debian's packages. */
export const LANGUAGES_HEADING = "## WeChat Pay, in other languages\n";

/** The page's own part, and that of the clients in other languages. */
export function splitPage(page: string): [own: string, languages: string] {
  const at = page.indexOf(LANGUAGES_HEADING);
  if (at < 0) return [page, ""];
  return [page.slice(0, at).replace(/\n$/, ""), page.slice(at)];
}

export function joinPage(own: string, languages: string): string {
  return languages === "" ? own : `${own}\n${languages}`;
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
  return lines.length === 0 ? [] : ["These cannot work unmodified:\n", ...lines, ""];
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

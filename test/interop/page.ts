import type { Outcome } from "./recorder.ts";
import type { Traits } from "./traits.ts";

/** What is known of one client after all its uploads. */
export interface Finding {
  readonly name: string;
  readonly verifies: boolean;
  /** Why its style cannot work. */
  readonly why?: string;
  /** By column of the first table. */
  readonly outcomes: Readonly<Record<string, Outcome>>;
  readonly traits: Traits;
}

const INTRODUCTION = `# What other people's clients send

Each of these clients runs unmodified against the emulator over HTTP, in \`test/interop\`, and what it sends is compared with what wechat-edge sends. The test writes this page: with \`UPDATE_DOCS=1\` it is written anew, without it a page that is out of date fails. The meta and the file are the same bytes for all that are accepted.

\`test/interop/curl-upload.sh\` serves by itself too: it needs bash, curl and openssl, and prints its arguments when it gets none. node-easywechat is loaded past its main entry, which the newest release of a package it depends on has broken.

What the emulator answers to a chunked body (412) and to a bare \`"\` in a file name (400) is assumed of WeChat Pay.
`;

/** The page, for wechat-edge's own finding and those of the others. */
export function interopPage(ours: Finding, others: readonly Finding[]): string {
  const all = [ours, ...others];
  return [
    INTRODUCTION,
    "## What the emulator answers\n",
    outcomeTable(all),
    ...reasons(others),
    "## What wechat-edge sends\n",
    table(["what", "wechat-edge"], [...ours.traits]),
    "## What the others send differently\n",
    ...alike(others).flatMap((group) => section(group, ours.traits)),
  ].join("\n");
}

function outcomeTable(all: readonly Finding[]): string {
  const columns = Object.keys(all[0]?.outcomes ?? {});
  const rows = all.map(({ name, outcomes, verifies }) => [
    name,
    ...columns.map((column) => answer(outcomes[column])),
    verifies ? "yes" : "no",
  ]);
  return table(["client", ...columns, "checks the reply"], rows);
}

function answer(outcome: Outcome | undefined): string {
  if (outcome === undefined) return "";
  const { status, code } = outcome.exchange;
  return code === undefined ? `${status}` : `${status} ${code}`;
}

function reasons(findings: readonly Finding[]): string[] {
  const lines = findings.flatMap(({ name, why }) => (why ? [`- **${name}**: ${why}.`] : []));
  return ["Styles that cannot work as they stand:\n", ...lines, ""];
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
  return [`### ${title}\n`, table(["what", "this client", "wechat-edge"], rows)];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n");
}

/** The page as it would be without the last of its clients. */
export function withoutLast(page: string, name: string): string {
  const kept = page.split("\n").filter((line) => !line.startsWith(`| ${name} |`));
  return kept.join("\n").replace(new RegExp(`\n### ${name}\n[^]*$`), "");
}

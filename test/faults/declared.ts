// What is declared to happen at each fault: outcomes.json, which the whole matrix writes and is compared with.

import { readFileSync, writeFileSync } from "node:fs";
import { type Cell, nameOf, type Row } from "./cell.ts";
import { knowledgeOf, knowledgeTexts } from "./knowledge.ts";
import { parts } from "./matrix.ts";
import type { Target } from "./target.ts";

/** A row of the matrix in words. */
export interface Said {
  readonly part: string;
  readonly name: string;
  readonly kind: Target["kind"];
  readonly fault: string;
  /** Met once | met by every try | what the caller knows. */
  readonly text: string;
}

/** All rows of a matrix in this process, and those that differ over HTTP. */
export interface Declared<Rows> {
  readonly inProcess: readonly Rows[];
  readonly overHttp: readonly Rows[];
}

function cellText({ outcome, requests, retryable }: Cell): string {
  const counted = requests === 1 ? "1 request" : `${requests} requests`;
  return `${outcome}, ${counted}${retryable ? ", retryable" : ""}`;
}

/** Puts a row into words. */
export function said(part: string, { target, named, once, forEver }: Row): Said {
  const [first, always] = [cellText(once), cellText(forEver)];
  const knows = knowledgeTexts[knowledgeOf(target, forEver, named)];
  const text = `${first} | ${always === first ? "the same" : always} | ${knows}`;
  return { part, name: nameOf(target), kind: target.kind, fault: named.name, text };
}

/** By name of the target, then by text: the faults. */
type Saved = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const file = new URL("outcomes.json", import.meta.url);

export function readDeclared(): Declared<Said> {
  const { inProcess, overHttp } = JSON.parse(readFileSync(file, "utf8")) as Record<
    "inProcess" | "overHttp",
    Saved
  >;
  return { inProcess: restored(inProcess), overHttp: restored(overHttp) };
}

export function writeDeclared({ inProcess, overHttp }: Declared<Said>): void {
  const value = { inProcess: saved(inProcess), overHttp: saved(overHttp) };
  writeFileSync(file, `${JSON.stringify(value, undefined, 1)}\n`);
}

function saved(rows: readonly Said[]): Saved {
  const byName: Record<string, Record<string, string[]>> = {};
  for (const { name, text, fault } of rows) {
    byName[name] ??= {};
    byName[name][text] ??= [];
    byName[name][text].push(fault);
  }
  return byName;
}

function restored(rows: Saved): Said[] {
  return parts.flatMap(({ title, targets }) =>
    targets.flatMap((target) =>
      Object.entries(rows[nameOf(target)] ?? {}).flatMap(([text, faults]) =>
        faults.map((fault) => ({
          part: title,
          name: nameOf(target),
          kind: target.kind,
          fault,
          text,
        })),
      ),
    ),
  );
}

/** Rows that are declared otherwise, or not at all. */
export function undeclared(rows: readonly Said[], declared: readonly Said[]): string[] {
  const known = new Map(declared.map((row) => [`${row.name}: ${row.fault}`, row.text]));
  return rows.flatMap(({ name, fault, text }) => {
    const other = known.get(`${name}: ${fault}`);
    return other === text ? [] : [`${name}: ${fault}: ${text}, declared: ${other ?? "nothing"}`];
  });
}

import type { Situation, TokenOutcome } from "./hostile-tokens.ts";
import { table } from "./markdown-table.ts";

/** What was measured in one situation, by client. */
export interface SituationRows {
  readonly situation: Situation;
  readonly rows: readonly (readonly [client: string, outcome: TokenOutcome])[];
}

const HEAD = ["client", "token calls", "succeeded", "failed", "hung"];

/** One table a situation. */
export function tokenTables(measured: readonly SituationRows[]): string {
  const tables = measured.map(({ situation, rows }) => {
    const lines = rows.map(([client, { tokenCalls, successes, failures, hangs }]) => [
      client,
      ...[tokenCalls, successes, failures, hangs].map(String),
    ]);
    return `#### ${situation.title}\n\n${situation.what}\n\n${table(HEAD, lines)}`;
  });
  return tables.join("\n");
}

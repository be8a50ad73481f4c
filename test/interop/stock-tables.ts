import { table } from "./markdown-table.ts";
import { RULE_TEXTS, type StockFinding } from "./stock-finding.ts";

/** The sections of clients that ran under WeChat's host names. */
export function stockTables(findings: readonly StockFinding[]): string[] {
  return [
    "### What became of each step\n",
    stepTable(findings),
    ...faults(findings),
    "### How each sends the picture\n",
    sendingTable(findings),
    "### What they need\n",
    ruleTable(findings),
  ];
}

function stepTable(findings: readonly StockFinding[]): string {
  const columns = Object.keys(findings[0]?.steps ?? {});
  const rows = findings.map(({ name, steps }) => [
    name,
    ...columns.map((column) => steps[column] ?? ""),
  ]);
  const legend =
    "A dash: the client has no function for it. It checks the reply by itself (yes), by a call that its user has to make (if asked), or gives no access to what is signed (no).\n";
  return `${table(["client", ...columns], rows)}\n${legend}`;
}

function faults(findings: readonly StockFinding[]): string[] {
  const lines = findings.flatMap(({ name, fails = {} }) =>
    Object.values(fails).map((why) => `- **${name}**: ${why}.`),
  );
  return lines.length === 0 ? [] : ["The fault is the client's own:\n", ...lines, ""];
}

function sendingTable(findings: readonly StockFinding[]): string {
  const sending = findings.filter(({ sends }) => sends !== undefined);
  const columns = Object.keys(sending[0]?.sends ?? {});
  const rows = sending.map(({ name, sends }) => [
    name,
    ...columns.map((column) => sends?.[column] ?? ""),
  ]);
  return table(["client", ...columns], rows);
}

function ruleTable(findings: readonly StockFinding[]): string {
  const rows = RULE_TEXTS.map(([id, what]) => [
    what,
    findings
      .filter(({ rules }) => rules.includes(id))
      .map(({ name }) => name)
      .join("; "),
  ]);
  const needed = rows.filter(([, who]) => who !== "");
  return table(["what the emulator does", "clients that need it"], needed);
}

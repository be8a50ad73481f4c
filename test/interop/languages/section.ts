import { LANGUAGES_HEADING } from "../page.ts";
import type { StockFinding } from "../stock-finding.ts";
import { stockTables } from "../stock-tables.ts";

const INTRODUCTION = `These programs are written by hand, in \`test/interop/languages\`, and send as the named clients do. They run in \`npm run test:long\`, on the HTTP clients that Debian packages, also under WeChat's host name. Where a package is missing, the test lists what was not run.
`;

/** The last section of the page. */
export function languagesSection(findings: readonly StockFinding[]): string {
  return [LANGUAGES_HEADING, INTRODUCTION, ...stockTables(findings)].join("\n");
}

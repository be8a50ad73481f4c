// Publishes Markdown files with @wenyan-md/core as its own command does, and prints what came of each as JSON.

import { readFileSync } from "node:fs";
import { renderAndPublish } from "@wenyan-md/core/wrapper";

const options = { theme: "default", highlight: "solarized-light", macStyle: true, footnote: true };
const report = {};
for (const file of ["article.markdown", "pictures.markdown"]) {
  const read = async () => ({
    content: readFileSync(file, "utf8"),
    absoluteDirPath: process.cwd(),
  });
  try {
    report[file] = { value: await renderAndPublish(undefined, { ...options, file }, read) };
  } catch (error) {
    report[file] = { error: String(error) };
  }
}
process.stdout.write(`\n${JSON.stringify(report)}\n`);

import { table } from "./markdown-table.ts";
import type { PublishingRun } from "./publishing/publish-all.ts";
import { headerOf, readForm } from "./sent-form.ts";

const INTRODUCTION = `## Official Account, under its own host name

These clients, too, are told no address. Each uploads a picture for an article and two for the material library, counts, lists and reads them, adds a draft, reads and publishes it, and removes a picture. None of the others has functions for drafts and publications: co-wechat-api and wechat-api are given the calls by their \`mixin\`, node-easywechat posts to any path.

\`npm run test:long\` also installs @wenyan-md/core, a tool that publishes Markdown, and has it publish an article with a table, code and formulas, and a picture message. wechat-official-account-mcp, wechat-official-publisher, wechat-publisher-mcp and @wenyan-md/cli could not be had from the registry and did not run.
`;

/** The section of clients that publish an article. */
export function publishingSection(runs: readonly PublishingRun[]): string[] {
  const [first] = runs;
  const columns = Object.keys(first?.report ?? {});
  const steps = runs.map(({ name, report }) => [
    name,
    ...columns.map((column) => {
      const result = report[column];
      return result === undefined || "error" in result ? `**${result?.error}**` : "done";
    }),
  ]);
  const sending = runs.map((run) => [run.name, ...sendingOf(run)]);
  return [
    INTRODUCTION,
    table(["client", ...columns], steps),
    "### How each sends the picture to the material library\n",
    table(["client", "length", "`filename`", "after the closing boundary"], sending),
  ];
}

function sendingOf({ exchanges }: PublishingRun): string[] {
  const upload = exchanges.find(({ target }) => target.includes("/material/add_material?"));
  if (upload === undefined) return ["not sent"];
  const form = readForm(upload);
  const [media] = form.parts;
  const length = headerOf(upload, "content-length") === undefined ? "chunked" : "Content-Length";
  const name = /filename="?([^";]*)/.exec(media?.lines.join("\n") ?? "")?.[1] ?? "none";
  return [length, `\`${name}\``, form.end === "" ? "nothing" : `\`${JSON.stringify(form.end)}\``];
}

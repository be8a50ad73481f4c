// docs/faults.md, written from what happened.

import type { Declared, Said } from "./declared.ts";
import type { Target } from "./target.ts";

const KINDS: Readonly<Record<Target["kind"], string>> = {
  reads: "calls that only read",
  "may be repeated": "calls that may be repeated",
  once: "calls that must be done once",
};

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

const GATEWAY = / with the page of a gateway( that did not ask WeChat)?$/;

/** Names in a list, each once; of gateways, their statuses. */
function joined(names: Iterable<string>): string {
  const byEnd = grouped([...new Set(names)], (name) => GATEWAY.exec(name)?.[0] ?? name);
  const texts = [...byEnd].map(([end, own]) =>
    GATEWAY.test(end) ? own.map((name) => name.replace(end, "")).join(", ") + end : end,
  );
  return texts.join("; ");
}

/** Says "that status" for the status of a gateway, so that gateways of the same outcome are one row. */
function withThatStatus(row: Said): Said {
  const status = GATEWAY.test(row.fault) ? row.fault.slice(0, 3) : undefined;
  const text = row.text.replaceAll(`\`ERR_REPLY\` ${status},`, "`ERR_REPLY` with that status,");
  return { ...row, text };
}

/** What most calls do at each fault, and who does otherwise. */
function split(rows: readonly Said[]): { usual: Said[]; others: Said[] } {
  const usual: Said[] = [];
  const others: Said[] = [];
  for (const ofFault of grouped(rows, ({ fault }) => fault).values()) {
    const kinds = [...grouped(ofFault, ({ text }) => text).values()];
    const most = kinds.reduce((best, each) => (each.length > best.length ? each : best));
    usual.push(...most.slice(0, 1));
    others.push(...kinds.filter((each) => each !== most).flat());
  }
  return { usual, others };
}

function usualTable(rows: readonly Said[]): string {
  const lines = [...grouped(rows, ({ text }) => text)].map(
    ([text, same]) => `| ${joined(same.map(({ fault }) => fault))} | ${text} |`,
  );
  return `| fault | met once | met by every try | then the caller knows |
|---|---|---|---|
${lines.join("\n")}`;
}

/** Faults of the same calls with the same outcome are one row. */
function othersTable(rows: readonly Said[]): string {
  const keyed = [...grouped(rows, ({ fault, text }) => `${fault}\n${text}`).values()].map(
    (same) => ({
      calls: same.map(({ name }) => asCode(name)).join(", "),
      fault: same[0]?.fault ?? "",
      text: same[0]?.text ?? "",
    }),
  );
  const lines = [...grouped(keyed, ({ calls, text }) => `${calls}\n${text}`).values()].map(
    (same) => {
      const { calls, text } = same[0] ?? { calls: "", text: "" };
      return `| ${calls} | ${joined(same.map(({ fault }) => fault))} | ${text} |`;
    },
  );
  return `| call | fault | met once | met by every try | then the caller knows |
|---|---|---|---|---|
${lines.sort().join("\n")}`;
}

/** The name of the function in code, and its request beside it. */
const asCode = (name: string): string => `\`${name.replace(/ |$/, "`$&")}`;

function familySection(title: string, rows: readonly Said[]): string {
  const names = [...new Set(rows.map(({ name }) => name))];
  const { usual, others } = split(rows);
  const rest = others.length === 0 ? "" : `\n\nOtherwise:\n\n${othersTable(others)}`;
  return `### ${title}\n\n${names.map(asCode).join(", ")}.\n\n${usualTable(usual)}${rest}`;
}

function partSection(title: string, rows: readonly Said[]): string {
  const families = (Object.keys(KINDS) as Target["kind"][]).flatMap((kind) => {
    const own = rows.filter((row) => row.kind === kind);
    return own.length === 0 ? [] : [familySection(`${title}: ${KINDS[kind]}`, own)];
  });
  return `## ${title}\n\n${families.join("\n\n")}`;
}

const NOT_RUN =
  "Not compared yet: `UPDATE_DOCS=1 npm run test:long -- --only fault-matrix` compares and writes it.";

/** Calls that may be repeated, by the errcode of a second one whose first was carried out. */
export function refusedRepeats(rows: readonly Said[]): [call: string, errcode: string][] {
  return rows.flatMap(({ kind, name, fault, text }) => {
    const errcode = /^`ERR_MP_API` (\d+), 2 requests/.exec(text)?.[1];
    const isOne = kind === "may be repeated" && fault === "the connection breaks before a reply";
    return isOne && errcode !== undefined ? [[name, errcode] as [string, string]] : [];
  });
}

/** The whole page. */
export function pageOf({ inProcess, overHttp }: Declared<Said>): string {
  const sections = [...grouped(inProcess.map(withThatStatus), ({ part }) => part)].map(
    ([title, rows]) => partSection(title, rows),
  );
  const refusals = refusedRepeats(inProcess)
    .map(([call, errcode]) => `\`${call}\` with ${errcode}`)
    .join(", ");
  return `# Faults of the network and of WeChat, and what each call does

Written from what happened, by \`test/long/fault-matrix.test.ts\`: every call that sends a request met every fault of the emulator at each kind of request that it makes, and the page of a gateway in place of WeChat's reply. A call is tried up to three times, as by default. Of each row, "met once" means that later requests are answered, "met by every try" that none is. The numbers count the requests of the kind named that reached the server. "Retryable" is the field of the error: the same call may succeed later.

What the caller then knows is what the error says, and the test compares it with what the server did. A call that only reads changes nothing. One that may be repeated may have been carried out once or more, which does no harm. One that must be done once was carried out exactly once if it succeeds; after an \`OutcomeUnknownError\`, or a \`SignatureError\` of \`payRequest\`, once or not at all; after any other error not at all. Lost is every reply that is not WeChat's own JSON, whatever its status: a gateway that answers 403 or 413 may have passed the request on, and refused the reply. A call that must be done once then ends with an \`OutcomeUnknownError\`; \`payRequest\` with a \`SignatureError\` where such a reply has the status 200.

Some calls are repeated after a lost reply, and WeChat may refuse the second request because the first was carried out, as the emulator does (assumed): ${refusals}. What was to be done is then done. \`deleteMaterial\` takes such an answer for success.

A \`StreamInput\` is always sent only once. \`createUrlSource\` asks other servers than WeChat's and is not listed. \`uploadPayFile\` stands for every endpoint of \`@wechat-edge/pay-media/endpoints\`. A file that WeChat would refuse is not sent: see [Errors](errors.md). With \`retryUnknown: true\` a call that must be done once is repeated like the others, at the risk of doing it twice.

${sections.join("\n\n")}

## Over HTTP

The tables are those of an emulator in the same process. Over HTTP, in Node, this differs:

${overHttp.length === 0 ? NOT_RUN : othersTable(overHttp.map(withThatStatus))}
`;
}

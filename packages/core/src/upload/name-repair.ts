/** What names are found to have, and the name without it. Names come from anybody: each search takes linear time. */
const REPAIRS: readonly (readonly [what: string, repair: (name: string) => string])[] = [
  ["is percent-encoded", decoded],
  ["has the end of a URL", (name) => name.replace(/[?#].*$|(\.\w{3,4})[!@&;,].*$/s, "$1")],
  ["has a path before it", (name) => name.replace(/^.*[/\\](?=.)/s, "")],
  ["has quotes around it", (name) => name.replace(/^["'“‘]+|["'”’]{1,99}$/g, "")],
  ["has a full-width dot", (name) => name.replace(/[．。｡]/g, ".")],
  ["ends in a blank or a dot", (name) => name.replace(/[\s.\u200b-\u200f]{1,99}$/, "")],
  [
    "has another extension of JPEG",
    (name) => name.replace(/\.(?:jfif|jfi|jif|jpe|pjpe?g|pjp)$/i, ".jpg"),
  ],
  [
    "has a second extension",
    (name) =>
      name.replace(/(\.\w+)(?:\.(?:txt|bak|tmp|\w*download|rename)|[ -]*(?:\(\d+\)|副本))$/i, "$1"),
  ],
];

/** What keeps a name from being accepted, and the name without it. */
interface Repaired {
  readonly found: readonly string[];
  readonly name: string;
}

/** Repairs a name that is not accepted; undefined if no small repair helps. */
export function repairedName(
  name: string,
  isAccepted: (name: string) => boolean,
): Repaired | undefined {
  let repaired = name;
  const found: string[] = [];
  for (const [what, repair] of REPAIRS) {
    const next = repair(repaired);
    if (next !== repaired) found.push(what);
    repaired = next;
    if (found.length > 0 && isAccepted(repaired)) return { found, name: repaired };
  }
  return undefined;
}

/** Says what keeps a name from being accepted, and which name is; undefined if no small repair helps. */
export function nameRepair(
  name: string,
  isAccepted: (name: string) => boolean,
): string | undefined {
  const { found, name: repaired } = repairedName(name, isAccepted) ?? {};
  if (found === undefined) return undefined;
  return `The name ${found.join(" and ")}: call it ${JSON.stringify(repaired)}.`;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a per cent sign of its own
  }
}

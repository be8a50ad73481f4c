import { inspect } from "node:util";
import { credentials } from "@wechat-edge/emulator";
import { formsOf } from "../../support/secrets/forms.ts";
import { CDN_SECRET } from "../operations/local.ts";
import { messages } from "../processes.ts";
import type { Simulation } from "../simulation.ts";

/** What nothing may show, whatever happens. A key by a part of it, so that a part shows too. */
const fixed = (
  [
    ["the private key", credentials.pay.privateKey.split("\n")[12] ?? ""],
    ["the APIv3 key", credentials.pay.apiV3Key],
    ["the AppSecret", credentials.mp.secret],
    ["the platform's AppSecret", credentials.platform.component_appsecret],
    ["the platform's Token", credentials.platform.messageToken],
    ["the platform's EncodingAESKey", credentials.platform.encodingAESKey],
    ["the Token of messages", messages.token],
    ["the EncodingAESKey of messages", messages.encodingAESKey],
    ["a header of the caller's", CDN_SECRET],
    ["the query of a caller's URL", "cdn-secret-key"],
  ] as const
).map(([name, secret]) => [name, formsOf(secret)] as const);

export function* noSecrets({ runs, reports, jobs, network }: Simulation): Iterable<string> {
  const errors = runs.flatMap(({ outcome }) => (outcome?.ok === false ? [outcome.error] : []));
  const results = runs.flatMap(({ step, outcome }) =>
    /^check(Pay|Mp)Client$/.test(step.operation) && outcome?.ok === true ? [outcome.value] : [],
  );
  const places: readonly (readonly [place: string, text: string])[] = [
    ["an error", errors.map(shown).join("\n")],
    ["an error of a store", reports.storeErrors.map(shown).join("\n")],
    ["an attempt", JSON.stringify(reports.attempts)],
    ["a state", jobs.flatMap(({ texts }) => texts).join("\n")],
    ["a report", results.map(shown).join("\n")],
  ];
  const tokens = [...network.tokens].map((token) => ["a token", formsOf(token)] as const);
  for (const [place, text] of places) {
    for (const [name, forms] of [...fixed, ...tokens]) {
      if (forms.some(([, form]) => text.includes(form))) yield `${name} is in ${place}`;
    }
  }
}

function shown(value: unknown): string {
  const seen = new Set<unknown>();
  const parts: string[] = [];
  for (let each = value; typeof each === "object" && each !== null && !seen.has(each); ) {
    seen.add(each);
    const { message = "", stack = "", cause } = each as Partial<Error>;
    parts.push(message, stack, inspect(each, { depth: 4, maxStringLength: 4_000 }));
    each = cause;
  }
  return parts.length === 0 ? String(value) : parts.join("\n");
}

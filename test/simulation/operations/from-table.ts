import {
  callOperation,
  localOperations,
  mpOperations,
  type Operation,
  payOperations,
} from "../../support/operations.ts";
import { platformOperations } from "../../support/platform-operations.ts";
import type { Process, Run } from "../run.ts";
import type { SimulatedOperation, Simulation } from "../simulation.ts";
import { liveInput } from "./live-input.ts";

/** Those that have a file of their own, because they need more than a client and an input. */
const ELSEWHERE = new Set([
  ...["readNotification", "readMessage", "readVerification", "readPlatformPush"],
  ...["publishArticle", "runPublishStep", "startPublishing", "uploadVideoMaterial"],
  ...["downloadPayFile", "payRequest", "queryAuth", "keepTicket", "keepRefreshToken"],
  ...["keepMedia", "refreshKeptMedia", "encryptSensitive", "decryptSensitive", "answerMessage"],
  ...["messageAnswer", "addMaterial", "addDraft", "addNews", "saveVideo", "sendMedia"],
]);

/** Those that make more requests than one after the other. */
const REQUESTS: Readonly<Record<string, number>> = {
  checkMpClient: 5,
  checkPayClient: 3,
  waitForVideo: 20,
  waitForNews: 20,
  waitForPublication: 20,
};

const OWN_OPTIONS: Readonly<Record<string, number>> = {
  minInterval: 1_000,
  maxInterval: 4_000,
  maxWait: 30_000,
};

/** Operations of the table that the tests of misuse use, each with ids that exist. */
function fromTable(
  operations: Readonly<Record<string, Operation>>,
  clientOf: (process: Process, run: Run) => unknown,
): [string, SimulatedOperation][] {
  return Object.entries(operations)
    .filter(([name]) => !ELSEWHERE.has(name))
    .map(([name, operation]) => [
      name,
      {
        requests: REQUESTS[name] ?? 1,
        async run(run: Run, simulation: Simulation) {
          const { options: known = [], needs } = operation;
          const own = Object.entries(OWN_OPTIONS).filter(([option]) => known.includes(option));
          const options = {
            ...needs,
            ...Object.fromEntries(own),
            ...(known.includes("signal") && { signal: run.abort.signal }),
          };
          const input = liveInput(operation.input, run, simulation);
          const client = clientOf(run.process, run);
          const value = await callOperation(operation, client, { input, options });
          // A file that came is read to its end.
          const { body } = (value ?? {}) as { body?: AsyncIterable<unknown> };
          if (body !== undefined) for await (const _ of body);
          return value;
        },
      },
    ]);
}

export const tableOperations: Readonly<Record<string, SimulatedOperation>> = Object.fromEntries([
  ...fromTable(payOperations, ({ pay }) => pay),
  ...fromTable(mpOperations, ({ mp, platformMp }, { random }) =>
    random.chance(0.85) ? mp : platformMp,
  ),
  ...fromTable(platformOperations, ({ platform }) => platform),
  ...fromTable(localOperations, () => undefined),
]);

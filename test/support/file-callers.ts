import { createSource, digest, type FileInput, inspect } from "@wechat-edge/core";
import { expect } from "vitest";
import { thrownBy } from "./misuse.ts";
import { failure, mpInProcess } from "./mp.ts";
import { callOperation, localOperations, mpOperations, payOperations } from "./operations.ts";
import { payInProcess } from "./pay.ts";

/** Calls each operation with a file, and returns its error. */
export const callers: Record<string, (file: unknown) => Promise<Error>> = {};
for (const [operations, half] of [
  [payOperations, () => payInProcess()],
  [mpOperations, () => mpInProcess()],
  [localOperations, () => ({})],
] as const) {
  for (const [name, operation] of Object.entries(operations)) {
    if (operation.file === undefined) continue;
    callers[name] = async (file) => {
      const { emulator, ...clients } = half() as Partial<ReturnType<typeof mpInProcess>>;
      const [client] = Object.values(clients);
      const error = await failure(callOperation(operation, client, { file }));
      expect(emulator?.control.journal.entries() ?? []).toEqual([]);
      return error;
    };
  }
}

/** What needs no client, and is none of the operations. */
export const local: typeof callers = {
  createSource: async (file) => thrownBy(() => createSource(file as FileInput)),
  digest: (file) => failure(digest(file as FileInput, "SHA-256")),
  inspect: (file) => failure(inspect(file as FileInput)),
};

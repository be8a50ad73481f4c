import { countMaterial, mpInProcess } from "./mp.ts";

const start = Date.UTC(2026, 10, 22, 8, 0, 0);

export const still = { now: () => start };

/** A client that has used its token already, and what came of each call since. */
export async function warm(options: Parameters<typeof mpInProcess>[0] = {}) {
  const errcodes: (number | undefined)[] = [];
  const made = mpInProcess(
    {
      onAttempt: ({ operation, errcode }) =>
        /Token/.test(operation) ? undefined : errcodes.push(errcode),
      ...options,
    },
    still,
  );
  await countMaterial(made.mp);
  errcodes.length = 0;
  return { ...made, ...made.emulator.control, errcodes };
}

import { expect, it } from "vitest";
import { describePoint, faultsOf, killAndResume, killPoints } from "./crash/kill-points.ts";

// `npm run test:crash` runs fifty of them; these three cover each part of an upload.
const SEED = 20_261_122;

it.each(killPoints(3, SEED).map((point) => [describePoint(point), point] as const))(
  `an upload killed at %s goes on where it was (seed ${SEED})`,
  async (_, point) => {
    expect(faultsOf(point, await killAndResume(point))).toEqual([]);
  },
  30_000,
);

import { mpRequest } from "@wechat-edge/core";
import { readNotification } from "@wechat-edge/core/pay-notifications";
import { uploadImage } from "@wechat-edge/pay-media";
import { TIMEOUT_MS } from "../bounds.ts";
import type { SimulatedOperation } from "../simulation.ts";
import { sampleFile } from "./samples.ts";

const CALLERS = 6;
/** One a second. */
const NOTIFICATIONS = 9;
const OUTAGE_MS = 600_000;

const settled = async (calls: Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(calls)).map(({ status }) => status);

/** Many at once, while what all of them need first is slow: they must not queue up. */
export const bursts: Readonly<Record<string, SimulatedOperation>> = {
  "mpRequest by many": {
    requests: 1,
    run({ process, abort, random }, { network, world, emulator }) {
      emulator.control.tokens.kill(emulator.control.credentials.mp.appid);
      const until = world.timers.now() + OUTAGE_MS;
      if (random.chance(0.5)) network.outages.push({ kind: "token", until, ms: TIMEOUT_MS * 2 });
      const call = { method: "GET", path: "/cgi-bin/material/get_materialcount" };
      return settled(
        Array.from({ length: CALLERS }, () =>
          mpRequest(process.mp, call, { signal: abort.signal }),
        ),
      );
    },
  },
  "uploadImage by many": {
    requests: 1,
    run({ process, abort, random }, { network, world }) {
      const until = world.timers.now() + OUTAGE_MS;
      if (random.chance(0.5)) {
        network.outages.push({ kind: "certificates", until, ms: TIMEOUT_MS * 2 });
      }
      const file = sampleFile("picture.png");
      const upload = () => uploadImage(process.pay, file, { signal: abort.signal });
      return settled(Array.from({ length: CALLERS }, upload));
    },
  },
  "readNotification of unknown serials": {
    requests: 1,
    run({ process, random }, { emulator, network, world }) {
      const until = world.timers.now() + OUTAGE_MS;
      if (random.chance(0.5)) {
        network.outages.push({ kind: "certificates", until, ms: TIMEOUT_MS * 2 });
      }
      const read = async (request: Request): Promise<Response> => {
        await readNotification(process.pay, request as never);
        return new Response(null, { status: 204 });
      };
      const notify = async (_: unknown, second: number) => {
        await new Promise((resolve) => setTimeout(resolve, second * 1000));
        return emulator.control.notify({
          to: read,
          fault: "unknown-serial",
          schedule: [],
        });
      };
      return settled(Array.from({ length: NOTIFICATIONS }, notify));
    },
  },
};

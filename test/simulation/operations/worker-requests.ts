import { mpRequest } from "@wechat-edge/core";
import { readNotification } from "@wechat-edge/core/pay-notifications";
import { uploadImage } from "@wechat-edge/pay-media";
import type { Asked, Run } from "../run.ts";
import type { SimulatedOperation, Simulation } from "../simulation.ts";
import { sampleFile } from "./samples.ts";

const REQUESTS = 18;

/**
 * Requests of a Worker that share one client. Each ends as soon as it asks for what all of them need: its timers stop,
 * and the promise that the others wait for never settles.
 */
function byRequests(
  endsWith: Asked["kind"],
  call: (run: Run, simulation: Simulation) => Promise<unknown>,
): SimulatedOperation {
  return {
    requests: 40,
    async run(run, simulation) {
      const { timers, runAs } = simulation.world;
      const each = (): Promise<unknown> =>
        new Promise((resolve) => {
          const end = (): void => {
            request.process.dead = true;
            timers.drop(request);
            resolve("ended");
          };
          const request: Run = { ...run, process: { ...run.process }, worker: { endsWith, end } };
          void runAs(request, async () => call(request, simulation)).then(resolve, resolve);
        });
      await Promise.all(Array.from({ length: REQUESTS }, each));
      return "ended";
    },
  };
}

/** Many requests of a Worker at once, none of which lives long enough. */
export const workerRequests: Readonly<Record<string, SimulatedOperation>> = {
  "mpRequest by requests that end": byRequests("token", ({ process }, { emulator }) => {
    emulator.control.tokens.kill(emulator.control.credentials.mp.appid);
    const call = { method: "GET", path: "/cgi-bin/material/get_materialcount" };
    return mpRequest(process.mp, call);
  }),
  "uploadImage by requests that end": byRequests("certificates", ({ process }) =>
    uploadImage(process.pay, sampleFile("picture.png")),
  ),
  "readNotification by requests that end": byRequests("certificates", ({ process }, { emulator }) =>
    emulator.control.notify({
      fault: "unknown-serial",
      schedule: [],
      to: async (request: Request) => {
        await readNotification(process.pay, request as never);
        return new Response(null, { status: 204 });
      },
    }),
  ),
};

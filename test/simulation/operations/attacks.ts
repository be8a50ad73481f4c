import { encryptSensitive, payRequest } from "@wechat-edge/core";
import { readNotification } from "@wechat-edge/core/pay-notifications";
import { credentials } from "@wechat-edge/emulator";
import { uploadImage } from "@wechat-edge/pay-media";
import { forgedList, forgedNotification } from "../network/attacker.ts";
import { startProcess } from "../processes.ts";
import type { Run } from "../run.ts";
import type { SimulatedOperation, Simulation } from "../simulation.ts";
import { sampleFile } from "./samples.ts";

/** A process of its own, that knows no key of WeChat Pay yet, and an attacker in WeChat Pay's place. */
function attacked(
  call: (run: Run, simulation: Simulation) => Promise<unknown>,
): SimulatedOperation {
  return {
    requests: 2,
    async run(run, simulation) {
      const { world, emulator, stores } = simulation;
      run.attack = run.random.int(0, 99);
      const certificates = new Map<string, string>();
      if (run.random.chance(0.3)) {
        const { apiV3Key, mchid } = credentials.pay;
        const now = world.timers.now();
        const genuine = emulator.control.platform.certificates()[0]?.platformKeyId ?? "";
        const body = forgedList(run.attack, { apiV3Key, now, genuine });
        const key = `wechat-edge:certificates:https://api.mch.weixin.qq.com:${mchid}`;
        certificates.set(key, JSON.stringify({ v: 1, fetchedAt: now, body, key }));
      }
      const started = startProcess(0, {
        ...simulation,
        stores: { ...stores, certificates: Object.assign(certificates, { texts: [] }) },
      });
      return call({ ...run, process: started }, simulation);
    },
  };
}

/** Somebody between client and WeChat Pay, or with access to the store of certificates. */
export const attacks: Readonly<Record<string, SimulatedOperation>> = {
  "uploadImage under attack": attacked(({ process, abort: { signal } }) =>
    uploadImage(process.pay, sampleFile("picture.png"), { signal }),
  ),
  "payRequest under attack": attacked(({ process, abort: { signal } }) =>
    payRequest(process.pay, { method: "GET", path: "/v3/applyment4sub/applyment/1" }, { signal }),
  ),
  "encryptSensitive under attack": attacked(async ({ process }, { emulator }) => {
    const { platformKeyId } = await encryptSensitive(process.pay, "张三");
    const known = emulator.control.platform.certificates();
    const isGenuine = known.some((each) => each.platformKeyId === platformKeyId);
    return { forged: isGenuine ? undefined : platformKeyId };
  }),
  "readNotification under attack": attacked(
    async ({ process, attack = 0 }, { emulator, world }) => {
      const { apiV3Key } = credentials.pay;
      const now = world.timers.now();
      const genuine = emulator.control.platform.certificates()[0]?.platformKeyId ?? "";
      const { headers, body } = forgedNotification(attack, { apiV3Key, now, genuine });
      return readNotification(
        process.pay,
        new Request("https://shop.example.com/notify", {
          method: "POST",
          headers,
          body,
          duplex: "half",
        } as RequestInit) as never,
        { anyMerchant: true },
      );
    },
  ),
};

// A Worker that creates all it can at module level. There workerd has no random numbers, no time, no
// timers and no network, and throws "Disallowed operation within global scope".

import { createHasher, createMpClient, createPayClient, createSource } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { uploadMedia } from "@wechat-edge/mp-media";
import { uploadImage } from "@wechat-edge/pay-media";

const emulator = createEmulator({
  accounts: [{ appid: "wx00000000000000aa", dailyLimits: { "/cgi-bin/media/upload": 5 } }],
  merchants: [{ mchid: "1900000109", dailyLimit: 2 }],
  faults: [{ kind: "delay", ms: 1 }],
});
emulator.control.seed({ accounts: [{ appid: "wx00000000000000bb" }] });
const pay = createPayClient({ ...credentials.pay, fetch: emulator.fetch });
const mp = createMpClient({ ...credentials.mp, fetch: emulator.fetch });
const licence = sampleFile("licence.jpg");
const picture = createSource(licence);
const hasher = createHasher("SHA-1");

export default {
  async fetch(): Promise<Response> {
    const [image, media] = [
      await uploadImage(pay, licence),
      await uploadMedia(mp, { type: "image" }, picture),
    ];
    await hasher.update(new Uint8Array(3));
    const { accounts, clock, journal } = emulator.control;
    return Response.json({
      image,
      media,
      digest: (await hasher.digest()).length,
      appids: accounts.map(({ appid }) => appid),
      year: new Date(clock.now()).getUTCFullYear(),
      paths: journal.entries().map(({ path }) => path),
    });
  },
};

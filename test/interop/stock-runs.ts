import { basename } from "node:path";
import { createPayClient, encryptSensitive, payRequest } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { uploadImage } from "@wechat-edge/pay-media";
import { type Domain, openDomain } from "./hosts/domain.ts";
import { runStock, type StockRun } from "./hosts/run-stock.ts";
import {
  APPLYMENT_PATH,
  applyment,
  CONTACT,
  picture,
  platformCertificate,
  queryPath,
  readPicture,
} from "./stock/stock-client.ts";

const SEEDED_CODE = "1900026201_10000001";

/** An emulator under WeChat's host names. */
export interface Stage {
  readonly emulator: RunningEmulator;
  readonly domain: Domain;
  /** Runs a client of `stock/clients.ts`. */
  run(name: string): Promise<StockRun>;
  /** Empties the emulator but for what clients go on with; the second query is changed on its way. */
  prepare(): Promise<Seeded>;
  close(): Promise<void>;
}

/** For clients that cannot upload or cannot apply. */
export interface Seeded {
  readonly license: string;
  readonly businessCode: string;
}

export async function openStage(): Promise<Stage> {
  const emulator = await startEmulator({ port: 0, replyKeyId: platformCertificate.serial });
  const domain = await openDomain(emulator.baseUrl);
  const prepare = async (): Promise<Seeded> => {
    emulator.control.reset();
    const license = await seed(emulator.baseUrl);
    emulator.control.faults.add({
      kind: "tampered",
      match: { path: queryPath("*") },
      skip: 1,
    });
    return { license, businessCode: SEEDED_CODE };
  };
  return {
    emulator,
    domain,
    prepare,
    run: async (name) => runStock(domain, name, await prepare()),
    async close() {
      await domain.close();
      await emulator.close();
    },
  };
}

async function seed(baseUrl: string): Promise<string> {
  const pay = createPayClient({ ...credentials.pay, baseUrl });
  const file = new File([new Uint8Array(await readPicture())], basename(picture));
  const { media_id } = await uploadImage(pay, file);
  const { ciphertext, platformKeyId } = await encryptSensitive(pay, CONTACT);
  const body = { ...applyment(media_id, ciphertext), business_code: SEEDED_CODE };
  await payRequest(pay, { method: "POST", path: APPLYMENT_PATH, body }, { platformKeyId });
  return media_id;
}

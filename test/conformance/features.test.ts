// A runtime whose features throw when they are looked at, called or constructed: they are not there.

import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { media } from "../support/media.ts";
import { change, describeWithout, refuse, untouchable } from "../support/missing-features.ts";
import { payInProcess } from "../support/pay.ts";

describeWithout({
  "crypto.DigestStream throws when looked at": ["DigestStream", { get: refuse }, crypto],
  "crypto.DigestStream throws when constructed": ["DigestStream", { value: untouchable }, crypto],
  "FixedLengthStream throws when looked at": ["FixedLengthStream", { get: refuse }],
  "FixedLengthStream throws when constructed": ["FixedLengthStream", { value: untouchable }],
  "Worker throws when looked at": ["Worker", { get: refuse }],
});

describe("where there is no crypto.subtle, as in a page over http", () => {
  for (const [how, property] of Object.entries<PropertyDescriptor>({
    undefined: { value: undefined },
    "throwing when looked at": { get: refuse },
  })) {
    it(`the error says so, and does not blame the key (${how})`, async () => {
      const picture = await media("licence.jpg");
      const { pay, emulator } = payInProcess();
      change("subtle", property, crypto);
      await expect(uploadImage(pay, picture)).rejects.toThrow(
        "This runtime has no WebCrypto (crypto.subtle). A page has it only over https and on localhost.",
      );
      expect(emulator.control.journal.entries()).toEqual([]);
    });
  }
});

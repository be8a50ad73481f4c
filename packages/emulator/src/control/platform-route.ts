import type { PlatformControl, PlatformMode } from "../pay/platform/state.ts";
import { check } from "../validation/check.ts";
import { flag, numberFrom, oneOrMore, text, that } from "../validation/rules.ts";
import type { Control } from "./control.ts";
import type { ControlRoute } from "./route.ts";

interface Steps {
  mode?: PlatformMode;
  announce?: true;
  activate?: string | true;
  retire?: string;
  alternate?: boolean;
  publicKeyShare?: number;
}

/** The platform checks modes and serial numbers itself. */
const STEPS = oneOrMore<Steps>(
  {
    mode: text,
    announce: that((value) => value === true, "true"),
    activate: that(
      (value) => value === true || typeof value === "string",
      "a platformKeyId, or true",
    ),
    retire: text,
    alternate: flag,
    publicKeyShare: numberFrom(0, 1),
  },
  'some of {"mode": string, "announce": true, "activate": platformKeyId or true, "retire": platformKeyId, "alternate": true or false, "publicKeyShare": 0 to 1}',
);

const platformJson = ({ mode, certificates }: PlatformControl): object => ({
  mode,
  certificates: certificates(),
});

/** Applies the steps in this order. If a step is refused, those before it stay applied. */
function steer({ platform }: Control, steps: Steps): object {
  const { mode, announce, activate, retire, alternate, publicKeyShare } = steps;
  if (mode !== undefined) platform.setMode(mode);
  const announced = announce && platform.announce();
  if (activate !== undefined) platform.activate(activate === true ? undefined : activate);
  if (retire !== undefined) platform.retire(retire);
  if (alternate !== undefined) platform.alternate(alternate);
  if (publicKeyShare !== undefined) platform.setPublicKeyShare(publicKeyShare);
  return { ...platformJson(platform), ...(announced !== undefined && { announced }) };
}

export const platformRoute: ControlRoute = {
  GET: ({ platform }) => platformJson(platform),
  POST: (control, body) => steer(control, check(STEPS, body, "body")),
};

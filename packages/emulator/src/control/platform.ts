import type { Platform, PlatformMode } from "../pay/platform/state.ts";

export const platformJson = ({ mode, certificates }: Platform): object => ({
  mode,
  certificates: certificates(),
});

interface Steps {
  mode?: PlatformMode;
  announce?: true;
  activate?: string | true;
  retire?: string;
  alternate?: boolean;
  greyScale?: number;
}

const isText = (value: unknown): boolean => typeof value === "string";

/** What each step must be; the platform itself looks closer. */
const STEPS: Record<keyof Steps, (value: unknown) => boolean> = {
  mode: isText,
  announce: (value) => value === true,
  activate: (value) => value === true || isText(value),
  retire: isText,
  alternate: (value) => typeof value === "boolean",
  greyScale: (value) => typeof value === "number",
};

function readSteps(body: Record<string, unknown>): Steps {
  const given = Object.entries(body);
  const known = new Map(Object.entries(STEPS));
  if (given.length > 0 && given.every(([name, value]) => known.get(name)?.(value))) return body;
  throw new TypeError(
    'The body must have some of {"mode": text, "announce": true, "activate": serial or true, "retire": serial, "alternate": true or false, "greyScale": 0 to 1}.',
  );
}

/** Takes the steps of a body in this order, whatever theirs; one refused leaves those before it. */
export function steerPlatform(platform: Platform, body: Record<string, unknown>): object {
  const { mode, announce, activate, retire, alternate, greyScale } = readSteps(body);
  if (mode !== undefined) platform.setMode(mode);
  const announced = announce && platform.announce();
  if (activate !== undefined) platform.activate(activate === true ? undefined : activate);
  if (retire !== undefined) platform.retire(retire);
  if (alternate !== undefined) platform.alternate(alternate);
  if (greyScale !== undefined) platform.greyScale(greyScale);
  return { ...platformJson(platform), ...(announced !== undefined && { announced }) };
}

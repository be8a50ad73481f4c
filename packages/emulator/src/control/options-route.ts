import type { OptionChanges } from "../options.ts";
import type { Control } from "./control.ts";
import type { ControlRoute } from "./route.ts";

/** What may be a reader's own; tokens that the emulator made up are shown. */
const SECRETS = [
  "secret",
  "apiV3Key",
  "messages",
  "component_appsecret",
  "messageToken",
  "encodingAESKey",
];

/** The options in effect, without functions and secrets. */
const optionsJson = ({ options }: Control): unknown =>
  JSON.parse(
    JSON.stringify(options, (key, value: unknown) => (SECRETS.includes(key) ? undefined : value)),
  );

/** JSON has no undefined: null restores a default. */
const withDefaults = (body: object): OptionChanges =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, value ?? undefined]));

export const optionsRoute: ControlRoute = {
  GET: optionsJson,
  POST(control, body) {
    control.setOptions(withDefaults(body));
    return optionsJson(control);
  },
};

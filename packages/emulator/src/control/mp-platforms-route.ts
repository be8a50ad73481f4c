import type { CallbackFault } from "../mp/callbacks/callback.ts";
import { check } from "../validation/check.ts";
import {
  anything,
  exactlyOne,
  fields,
  filledText,
  jsonObject,
  optional,
} from "../validation/rules.ts";
import type { ControlRoute } from "./route.ts";

interface Step {
  pushTo?: { url: string; component_appid?: string };
  push?: { message: object; component_appid?: string; fault?: CallbackFault };
  ticket?: { component_appid?: string };
  deliver?: object;
  authorize?: { appid: string; component_appid?: string; functions?: readonly number[] };
  revoke?: { appid: string; component_appid?: string };
  rotate?: { appid: string; component_appid?: string };
}

const OF = { component_appid: optional(filledText) };
const OF_ACCOUNT = { appid: filledText, ...OF };

/** A misspelt field would do the step to the demo platform; what the values must be, the control says. */
const STEP = exactlyOne<Step>(
  {
    pushTo: fields({ url: filledText, ...OF }),
    push: fields({ message: jsonObject, fault: optional(anything), ...OF }),
    ticket: fields(OF),
    deliver: jsonObject,
    authorize: fields({ ...OF_ACCOUNT, functions: optional(anything) }),
    revoke: fields(OF_ACCOUNT),
    rotate: fields(OF_ACCOUNT),
  },
  'one of {"pushTo": {"url"}}, {"push": {"message"}}, {"ticket": {}}, {"deliver": {}}, {"authorize": {"appid"}}, {"revoke": {"appid"}}, {"rotate": {"appid"}}',
);

/** JSON has no functions, so pushes go to a url. The list has refresh tokens, as `tokens` has access_tokens. */
export const mpPlatformsRoute: ControlRoute = {
  GET: ({ mpPlatforms }) => ({ platforms: mpPlatforms.list() }),
  async POST({ mpPlatforms }, body) {
    const { pushTo, push, ticket, authorize, revoke, rotate } = check(STEP, body, "body");
    if (pushTo !== undefined) {
      mpPlatforms.pushTo({ url: pushTo.url }, pushTo);
      return { ok: true };
    }
    if (push !== undefined) return mpPlatforms.push(push.message, push);
    if (ticket !== undefined) return mpPlatforms.ticket(ticket);
    if (authorize !== undefined) return mpPlatforms.authorize(authorize.appid, authorize);
    if (revoke !== undefined) return mpPlatforms.revoke(revoke.appid, revoke);
    if (rotate !== undefined) {
      return { authorizer_refresh_token: mpPlatforms.rotate(rotate.appid, rotate) };
    }
    await mpPlatforms.deliver();
    return { ok: true };
  },
};

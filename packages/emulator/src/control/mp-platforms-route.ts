import { check } from "../validation/check.ts";
import { exactlyOne, fields, filledText, jsonObject, optional } from "../validation/rules.ts";
import type { ControlRoute } from "./route.ts";

interface Step {
  pushTo?: { url: string; component_appid?: string };
  push?: { message: object; component_appid?: string };
  ticket?: { component_appid?: string };
  deliver?: object;
  authorize?: { appid: string; component_appid?: string; functions?: readonly number[] };
  revoke?: { appid: string; component_appid?: string };
  rotate?: { appid: string; component_appid?: string };
}

const STEP = exactlyOne<Step>(
  {
    pushTo: jsonObject,
    push: jsonObject,
    ticket: jsonObject,
    deliver: jsonObject,
    authorize: jsonObject,
    revoke: jsonObject,
    rotate: jsonObject,
  },
  'one of {"pushTo": {"url"}}, {"push": {"message"}}, {"ticket": {}}, {"deliver": {}}, {"authorize": {"appid"}}, {"revoke": {"appid"}}, {"rotate": {"appid"}}',
);

/** JSON has no functions, so pushes go to a url. */
export const mpPlatformsRoute: ControlRoute = {
  GET: ({ mpPlatforms }) => ({ platforms: mpPlatforms.list() }),
  async POST({ mpPlatforms }, body) {
    const { pushTo, push, ticket, authorize, revoke, rotate } = check(STEP, body, "body");
    if (pushTo !== undefined) {
      check(fields({ url: filledText, component_appid: optional(filledText) }), pushTo, "pushTo");
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

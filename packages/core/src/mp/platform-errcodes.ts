import { type AdviceTable, AUTHORIZE } from "./errcodes.ts";

// A file of its own, because bundlers keep the table, with its parts put together, where they keep anything of a file.
/** Of what a third-party platform does in its own name. */
export const PLATFORM_ADVICE: AdviceTable = [
  ["Use the latest component_verify_ticket: WeChat pushes one every 10 minutes.", 61005, 61006],
  ["This request was made already.", 61008],
  [`The authorization_code has expired or was used. For another, ${AUTHORIZE}`, 61009, 61010],
  ["WeChat does not know this component_appid.", 61011],
  ["There is no such option, or it does not take this value.", 61012, 61013],
  ["This call takes the component_access_token, not the token of an account.", 61014],
  [
    "A platform confirms a right (确认权限集) once, where it needs that.",
    ...[61016, 61018, 61019, 61020, 61021, 61022],
  ],
  [
    `The authorizer_refresh_token is not the account's latest. If that is lost, ${AUTHORIZE}`,
    61023,
  ],
];

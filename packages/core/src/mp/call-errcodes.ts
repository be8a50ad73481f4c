// Errcodes that only some calls get: the others do not carry the advice on them.

import { type AdviceTable, AUTHORIZE, adviceOf } from "./errcodes.ts";
import { MpApiError, withAdvice } from "./errors.ts";

// Reported: 45166, 88000 (wenyan-mcp#7), 45106 (niefy/wx-api#66, WeiXinMPSDK#3085). Documented: the others.
/** Of articles and their comments. */
export const ARTICLE_ADVICE: AdviceTable = [
  [
    "The content is too long: an article may have 20,000 characters, tags included, and 1 MB.",
    45002,
  ],
  ["The title is too long: 64 characters, of a draft 32.", 45003],
  ["The digest is too long: 120 characters, of a draft 128.", 45004],
  ["Too many articles: 8 at most.", 45008],
  ["WeChat has withdrawn this call. Articles go by /cgi-bin/draft/add since 2022.", 45103, 45106],
  [
    "The content has what WeChat does not take: a link to another site or to no page, a foreign picture, a script.",
    45166,
  ],
  ["Remove the goods (商品) from the article, or correct them.", 53404, 53405, 53406],
  ["The account has no comments (留言): set need_open_comment to 0.", 88000],
  ["No article has this msg_data_id and index (from 0).", 88001],
];

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

/**
 * Throws an error again, with the advice that these tables have on a refusal of this call. A refused token has come from
 * another call, which knows better.
 */
export function advising(path: string, ...tables: AdviceTable[]): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof MpApiError && error.endpoint.split("?")[0] === path)) throw error;
    const advice = adviceOf(error.errcode, tables.flat());
    throw advice === "" ? error : withAdvice(error, advice);
  };
}

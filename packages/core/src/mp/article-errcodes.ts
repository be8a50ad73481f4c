import { type AdviceTable, NOTICES } from "./errcodes.ts";

// Reported: 45166, 88000 (wenyan-mcp#7), 45106 (niefy/wx-api#66, WeiXinMPSDK#3085). Documented: the others.
/** Of articles and their comments. */
export const ARTICLE_ADVICE: AdviceTable = [
  [
    "The content is too long: an article may have 20,000 characters, tags included, and 1 MB.",
    45002,
  ],
  ["The title is too long: 64 characters, of a draft 32.", 45003],
  ["The digest is too long: 120 characters, of a draft 128.", 45004],
  ["Too many articles: 8 at most, in a message 1.", 45008],
  ["WeChat has withdrawn this call. Articles go by /cgi-bin/draft/add since 2022.", 45103, 45106],
  [
    "The content has what WeChat does not take: a link to another site or to no page, a foreign picture, a script.",
    45166,
  ],
  ["Remove the goods (商品) from the article, or correct them.", 53404, 53405, 53406],
  ["The account has no comments (留言): set need_open_comment to 0.", 88000],
  ["No article has this msg_data_id and index (from 0).", 88001],
  [`WeChat has restricted the article: ${NOTICES}`, 88002, 88011],
  ["Too many comments are elected (精选): unmark one first.", 88003],
  ["It is gone: list the comments again.", 88004, 88008, 88009],
  ["The comment has its reply: delete that first.", 88005],
  ["The reply is empty or too long: change it.", 88007],
  ["count must be 1 to 50.", 88010],
];

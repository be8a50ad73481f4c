import { credentials } from "../demo/credentials.ts";
import type { JsonObject } from "../mp/json-body.ts";
import type { EmulatorState } from "../state.ts";
import { check } from "../validation/check.ts";
import {
  also,
  fields,
  jsonObject,
  listOf,
  oneOf,
  optional,
  type RulesOf,
  text,
} from "../validation/rules.ts";

/** Articles that were put into a material library when that was still possible. */
export interface MaterialNews {
  /** The account. Default: the demo account. */
  appid?: string;
  /** The articles, in WeChat's field names, as get_material answers them. */
  news_item: readonly JsonObject[];
}

const MATERIAL_NEWS: RulesOf<MaterialNews> = {
  appid: optional(text),
  news_item: also(
    listOf(jsonObject, "articles"),
    (articles: readonly unknown[]) => articles.length > 0,
    "a list of at least one article, each an object",
  ),
};

/** Adds them and returns their media_id. Throws TypeError for an unknown account, or no article. */
export function keepMaterialNews({ mp, clock }: EmulatorState, news: MaterialNews): string {
  const { appid = credentials.mp.appid, news_item } = check(fields(MATERIAL_NEWS), news, "news");
  check(oneOf(mp.accounts.appids()), appid, "news.appid");
  const media_id = mp.accounts.newPermanentId(appid);
  const update_time = Math.floor(clock.now() / 1000);
  mp.libraryNews.add({ appid, media_id, news_item: structuredClone(news_item), update_time });
  return media_id;
}

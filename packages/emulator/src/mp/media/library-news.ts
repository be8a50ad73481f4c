import type { JsonObject } from "../../http/json-object.ts";

/** Articles of a material library (图文素材), which no call can add any more: 45103. */
export interface LibraryNews {
  readonly appid: string;
  readonly media_id: string;
  /** As WeChat returns them. */
  readonly news_item: readonly JsonObject[];
  /** Unix seconds. */
  readonly update_time: number;
}

export interface LibraryNewsStore {
  add(news: LibraryNews): void;
  find(appid: string, mediaId: string): LibraryNews | undefined;
  /** The articles of an account, newest first. */
  of(appid: string): LibraryNews[];
  remove(news: LibraryNews): void;
}

export function createLibraryNews(): LibraryNewsStore {
  const kept = new Map<string, LibraryNews>();
  return {
    add: (news) => void kept.set(news.media_id, news),
    find(appid, mediaId) {
      const found = kept.get(mediaId);
      return found?.appid === appid ? found : undefined;
    },
    of: (appid) => [...kept.values()].filter((news) => news.appid === appid).reverse(),
    remove: ({ media_id }) => void kept.delete(media_id),
  };
}

import type { Article, PagedArticle } from "./article.ts";
import { pagePath } from "./page-address.ts";

/** A draft in the draft box. */
export interface StoredDraft {
  readonly appid: string;
  readonly media_id: string;
  readonly articles: readonly Article[];
  /** By article: what was removed or looks wrong. */
  readonly warnings: readonly (readonly string[])[];
  /** When it was last changed, in Unix seconds. */
  readonly update_time: number;
  /** Path and query of the preview of each article. */
  readonly pagePaths: readonly string[];
}

/** The draft boxes of the accounts. */
export interface DraftControl {
  /** The drafts in the boxes, oldest first, without deleted and published ones. */
  list: () => StoredDraft[];
}

export interface KeptDraft {
  appid: string;
  media_id: string;
  articles: PagedArticle[];
  /** Milliseconds by the clock, like `updatedAt`. */
  createdAt: number;
  updatedAt: number;
}

export interface DraftStore extends DraftControl {
  add(draft: KeptDraft): void;
  /** A draft in the box of this account. */
  find(appid: string, mediaId: string): KeptDraft | undefined;
  /** The drafts in the box of an account, last changed first. */
  of(appid: string): KeptDraft[];
  remove(draft: KeptDraft): void;
  /** The article with this `sn` in the address of its preview. */
  bySn(sn: string): (PagedArticle & { appid: string; shownAt: number }) | undefined;
}

/** `isPublished` returns whether a draft has left the box. */
export function createDrafts(isPublished: (mediaId: string) => boolean): DraftStore {
  const kept = new Map<string, KeptDraft>();
  const inBox = (): KeptDraft[] => [...kept.values()].filter((each) => !isPublished(each.media_id));
  return {
    list: () =>
      inBox().map(({ appid, media_id, articles, updatedAt }) => ({
        appid,
        media_id,
        articles: articles.map(({ article }) => structuredClone(article)),
        warnings: articles.map(({ warnings }) => [...warnings]),
        update_time: Math.floor(updatedAt / 1000),
        pagePaths: articles.map(({ page }) => pagePath(page)),
      })),
    add: (draft) => void kept.set(draft.media_id, draft),
    find(appid, mediaId) {
      const found = kept.get(mediaId);
      return found?.appid === appid && !isPublished(mediaId) ? found : undefined;
    },
    of: (appid) =>
      inBox()
        .filter((each) => each.appid === appid)
        .reverse()
        .sort((a, b) => b.updatedAt - a.updatedAt),
    remove: ({ media_id }) => void kept.delete(media_id),
    bySn(sn) {
      for (const { appid, articles, updatedAt } of inBox()) {
        const found = articles.find(({ page }) => page.sn === sn);
        if (found) return { ...found, appid, shownAt: updatedAt };
      }
      return undefined;
    },
  };
}

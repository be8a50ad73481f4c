import type { Accounts } from "../account.ts";
import type { PublicationStore, StoredPublication } from "../publish/publications.ts";
import { accountCallback } from "./account-message.ts";
import type { Callbacks } from "./callbacks.ts";
import type { XmlFields } from "./xml.ts";

/** Documented in 发布状态轮询接口. */
const PUBLISHED = 0;
const UNDER_WAY = 1;
const ARTICLES = "http://mp.weixin.qq.com";

/** Sends PUBLISHJOBFINISH for the publications that ended since the last time. */
export interface PublishEvents {
  /** Resolves after the first attempts. */
  announce(): Promise<void>;
}

export function createPublishEvents(
  accounts: Accounts,
  publications: PublicationStore,
  callbacks: Callbacks,
  now: () => number,
  origin: string = ARTICLES,
): PublishEvents {
  const announced = new Set<string>();
  let work: Promise<void> = Promise.resolve();
  const announceEnded = async (): Promise<void> => {
    for (const publication of publications.list()) {
      const { appid, publish_id, status } = publication;
      if (status === UNDER_WAY || announced.has(publish_id)) continue;
      announced.add(publish_id);
      const account = accounts.get(appid);
      if (account?.messages === undefined) continue;
      const message = {
        MsgType: "event",
        Event: "PUBLISHJOBFINISH",
        PublishEventInfo: publishEventInfo(publication, origin),
      };
      await callbacks.send(accountCallback(account, account.messages, message, now()));
    }
  };
  return {
    announce() {
      work = work.then(announceEnded);
      return work;
    },
  };
}

/** Documented: the article of a success, the numbers of the articles that failed of any other status. */
function publishEventInfo(
  { publish_id, status, article_id = "", articles, fail_idx }: StoredPublication,
  origin: string,
): XmlFields {
  const head = { publish_id, publish_status: status };
  if (status !== PUBLISHED) return { ...head, fail_idx };
  const item = articles.map(({ pagePath = "" }, at) => ({
    idx: at + 1,
    article_url: `${origin}${pagePath}#rd`,
  }));
  return { ...head, article_id, article_detail: { count: item.length, item } };
}

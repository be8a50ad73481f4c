import type { Control } from "../control/control.ts";
import { html, type Markup } from "../html/html.ts";
import { type StoredMpMedia, TEMPORARY_LIFE_SECONDS } from "../mp/media/store.ts";
import type { StoredPayMedia } from "../pay/media-store.ts";
import { itemRow, ownerFact } from "./item.ts";
import { sizeText, timeOf } from "./readable.ts";

/** Shows only the newest. */
const MAX_ITEMS = 100;

const extensionOf = (filename: string): string =>
  (/\.([A-Za-z0-9]{1,4})$/.exec(filename)?.[1] ?? "file").toUpperCase();

function thumbnail(sha256: string | undefined, filename: string, kept: boolean): Markup {
  return kept && sha256 !== undefined
    ? html`<img class="thumb" loading="lazy" alt="" src="/_emulator/picture?sha256=${sha256}">`
    : html`<span class="thumb" aria-hidden="true">${extensionOf(filename)}</span>`;
}

function payFile(
  { media_id, media_url, filename, size, sha256, mchid, path }: StoredPayMedia,
  kept: boolean,
): Markup {
  return itemRow({
    key: `pay ${media_url ?? media_id}`,
    title: filename,
    facts: ["WeChat Pay", sizeText(size), ownerFact("merchant", mchid), path],
    ids: [media_url === undefined ? ["media_id", media_id] : ["media_url", media_url]],
    picture: thumbnail(sha256, filename, kept),
  });
}

const KINDS: Record<StoredMpMedia["kind"], string> = {
  temporary: "temporary",
  permanent: "permanent material",
  "article-image": "article picture",
};

function lifeOf({ kind, created_at }: StoredMpMedia, now: number): Markup | undefined {
  if (kind !== "temporary") return undefined;
  const end = (created_at + TEMPORARY_LIFE_SECONDS) * 1000;
  return html`${now >= end ? "expired" : "expires"} ${timeOf(end, "minute")}`;
}

function mpFile(media: StoredMpMedia, kept: boolean, now: number): Markup {
  const { appid, kind, type, media_id, url, filename, size, sha256, title } = media;
  return itemRow({
    key: `mp ${media_id ?? url}`,
    title: title === undefined ? filename : `${title} (${filename})`,
    facts: [
      `${KINDS[kind]} ${kind === "article-image" ? "" : type}`,
      sizeText(size),
      ownerFact("account", appid),
      lifeOf(media, now),
    ],
    ids: [
      ["media_id", media_id],
      ["url", url],
    ],
    picture: thumbnail(sha256, filename, kept),
  });
}

/** The files of both services, newest first. */
export function fileRows(
  { payMedia, mpMedia, clock }: Control,
  pictures: ReadonlyMap<string, Uint8Array>,
): Markup {
  const has = (sha256: string | undefined): boolean => pictures.has(sha256 ?? "");
  const now = clock.now();
  return html`${[...mpMedia]
    .reverse()
    .slice(0, MAX_ITEMS)
    .map((file) => mpFile(file, has(file.sha256), now))}${[...payMedia]
    .reverse()
    .slice(0, MAX_ITEMS)
    .map((file) => payFile(file, has(file.sha256)))}`;
}

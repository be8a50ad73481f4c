import type { MpExchange } from "../exchange.ts";
import type { KeptVideo, SavedVideo } from "../video/videos.ts";

/** A video that was uploaded in blocks, as one of the material library. */
export interface LibraryVideo {
  readonly video: KeptVideo;
  readonly saved: SavedVideo;
}

const PLAYER =
  "http://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&action=mpvideo&auto=0&vid=";

/** Its answer of get_material. Reported: the address is that of a page for some videos; that it is so for these is assumed. */
export const savedVideoAnswer = ({ video: { vid }, saved: { details } }: LibraryVideo): object => ({
  title: details.title,
  description: details.video_desc,
  down_url: `${PLAYER}${vid}`,
  vid,
});

/** The entries of batchget_material, newest first. Reported: the name of a video is its title. */
export const savedVideoEntries = ({ mp }: MpExchange, appid: string): VideoEntry[] =>
  mp.videos.savedOf(appid).map(({ saved: { media_id, details, savedAt } }) => ({
    media_id,
    name: details.title,
    update_time: Math.floor(savedAt / 1000),
  }));

/** An entry of batchget_material. */
export interface VideoEntry {
  readonly media_id: string;
  readonly name: string;
  readonly update_time: number;
}

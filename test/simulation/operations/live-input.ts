import { credentials } from "@wechat-edge/emulator";
import type { Run } from "../run.ts";
import type { Simulation } from "../simulation.ts";

/** Puts ids that exist in place of those of an example, mostly: what is unknown must end well too. */
export function liveInput(input: unknown, run: Run, simulation: Simulation): unknown {
  const { control } = simulation.emulator;
  const { random } = run;
  let states: string[] | undefined;
  const isOfJob = (id: string): boolean => {
    states ??= simulation.jobs.map(({ once, texts }) => JSON.stringify([once, texts.at(-1)]));
    return states.some((text) => text.includes(id));
  };
  const one = (ids: readonly (string | undefined)[], other: unknown): unknown => {
    const free = ids.filter((id) => id !== undefined && !isOfJob(id));
    return free.length === 0 || random.chance(0.15) ? other : random.pick(free);
  };
  const published = () => control.publications.list();
  const kept = (kind: string) =>
    control.mpMedia.filter((media) => media.kind === kind).map(({ media_id }) => media_id);
  const live: Readonly<Record<string, (other: unknown) => unknown>> = {
    media_id: (other) =>
      one(
        [
          ...kept("permanent"),
          ...kept("temporary"),
          ...control.drafts.list().map(({ media_id }) => media_id),
          ...control.news.list().map(({ media_id }) => media_id),
        ],
        other,
      ),
    thumb_media_id: (other) => one(kept("permanent"), other),
    vid: (other) =>
      one(
        control.videos.list().map(({ vid }) => vid),
        other,
      ),
    content: (other) =>
      one(
        control.videos.list().map(({ vid }) => vid),
        other,
      ),
    publish_id: (other) =>
      one(
        published().map(({ publish_id }) => publish_id),
        other,
      ),
    article_id: (other) =>
      one(
        published().map(({ article_id }) => article_id),
        other,
      ),
    rid: (other) =>
      one(
        control.journal.entries().flatMap(({ rid }) => rid ?? []),
        other,
      ),
    component_appid: () => credentials.platform.component_appid,
    authorizer_appid: () => credentials.mp.appid,
  };
  const walk = (value: unknown, name?: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item));
    if (value instanceof Blob || value instanceof Map) return value;
    if (typeof value === "object" && value !== null) {
      const isArticle = "thumb_media_id" in value;
      return Object.fromEntries(
        Object.entries(value).map(([key, field]) => [
          key,
          isArticle && key === "content" ? field : walk(field, key),
        ]),
      );
    }
    return name !== undefined && Object.hasOwn(live, name) ? live[name]?.(value) : value;
  };
  return walk(input);
}

// docs/publish-job.md draws the states of a job: the drawing is compared with what jobs keep.

import { readFile } from "node:fs/promises";
import {
  addDraft,
  type OutcomeResolution,
  type PublishOptions,
  type PublishState,
  publishArticle,
  submitPublication,
} from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import {
  type JobKit,
  jobInProcess,
  jobOf,
  lookFor,
  nameOf,
  plainJob,
  TARGETS,
  type Target,
} from "../../../../test/support/publish-job.ts";

/** A state as the drawing names it: the next step, or the one that is under way. */
function drawn(target: Target, state: PublishState): string {
  const name = nameOf(jobOf(target), state)
    .replace(/^begun$/, "cover")
    .replace(/^image:[^…]*/, "picture");
  const [step = "", rest] = name.split("…");
  const base = step.replaceAll("-", "_");
  return rest === undefined ? base : `${base}_under_way`;
}

/** All that follows one another in what a job keeps, over several runs of it. */
class Walk {
  readonly edges = new Set<string>();
  #at = "[*]";
  readonly #target: Target;
  readonly kit: JobKit;

  constructor(target: Target, options: object = {}) {
    this.#target = target;
    this.kit = jobInProcess({ retry: false }, options);
  }

  async run(job = jobOf(this.#target), options: PublishOptions = {}): Promise<unknown> {
    const state = this.kit.states.at(-1);
    const onState = (next: PublishState): void => {
      this.kit.states.push(JSON.stringify(next));
      this.to(drawn(this.#target, next));
    };
    const run = publishArticle(this.kit.another(), job, { ...options, state, onState });
    return run.catch((error: unknown) => error);
  }

  to(next: string): void {
    if (next !== this.#at) this.edges.add(`${this.#at} --> ${next}`);
    this.#at = next;
  }

  /** Answers what is unknown as somebody would who looks, until the job is done. */
  async toEnd(): Promise<void> {
    for (let turn = 0; turn < 4 && this.#at !== "done"; turn++) {
      const state = this.kit.last();
      const resolution =
        state.attempt === undefined ? undefined : lookFor(this.kit, this.#target, state);
      await this.run(undefined, { resolution });
    }
    expect(this.#at).toBe("done");
    this.to("[*]");
  }
}

const UPLOADS = [
  { path: "/cgi-bin/material/add_material" },
  { path: "/cgi-bin/media/uploadimg" },
  { action: "upload_block" },
];
const PATHS: Readonly<Record<Target, readonly { path?: string; action?: string }[]>> = {
  "publish-library": [
    ...UPLOADS,
    { path: "/cgi-bin/publish/uploadnews" },
    { path: "/cgi-bin/publish/submit" },
  ],
  draft: [...UPLOADS, { path: "/cgi-bin/draft/add" }, { path: "/cgi-bin/freepublish/submit" }],
};

async function walked(target: Target): Promise<Set<string>> {
  const walks: Walk[] = [];
  const begin = (options = {}): Walk => {
    const walk = new Walk(target, options);
    walks.push(walk);
    return walk;
  };
  const whole = begin();
  await whole.run();
  await whole.toEnd();
  // Each request refused, and its reply lost; of those that are made once, also lost on the way.
  for (const match of PATHS[target]) {
    const isOnce = /add$|news$|submit$/.test(match.path ?? "");
    for (const fault of [
      { kind: "mp-error", errcode: 45009, match },
      { kind: "cut", at: "headers", match },
      ...(isOnce ? ([{ kind: "cut", at: "request", match }] as const) : []),
    ] as const) {
      const walk = begin();
      walk.kit.control.faults.add(fault);
      await walk.run();
      await walk.toEnd();
    }
  }
  const anew = begin();
  await anew.run(jobOf(target, "uploaded"), { maxBlocks: 1 });
  const review = begin({ review: { transcoding: 1e9 } });
  await review.run(undefined, { maxWait: 0 });
  const { vid = "" } = review.kit.last().video ?? {};
  await review.run(undefined, { maxWait: 0, restartVideo: vid });
  if (target === "publish-library") return new Set(walks.flatMap(({ edges }) => [...edges]));

  // By hand: published, and told of; also a publication that is of another draft.
  const byHand = begin();
  await byHand.run(jobOf(target, "uploaded"));
  await submitPublication(byHand.kit.mp, { media_id: byHand.kit.last().media_id ?? "" });
  const [published] = byHand.kit.control.publications.list();
  await byHand.run(undefined, { resolution: { article_id: published?.article_id ?? "" } });
  for (const told of ["submit", "submit_under_way"]) {
    const walk = begin({ review: { transcoding: 0, video: 0, publication: 5000 } });
    const { kit } = walk;
    await walk.run(jobOf(target, "uploaded"));
    if (told === "submit_under_way") {
      const match = { path: "/cgi-bin/freepublish/submit" };
      kit.control.faults.add({ kind: "cut", at: "headers", match });
      await walk.run();
    }
    const other = { ...plainJob("draft").article, thumb_media_id: kit.last().cover ?? "" };
    const article = { ...other, title: "别的", content: "<p>别的。</p>" };
    const { media_id } = await addDraft(kit.mp, { articles: [article] });
    const { publish_id } = await submitPublication(kit.mp, { media_id });
    const { attempt } = kit.last();
    const resolution: OutcomeResolution = { ...(attempt && { attempt }), publish_id };
    await walk.run(undefined, { resolution });
    const url = "https://mp.weixin.qq.com/s/own";
    await walk.run(undefined, { resolution: { attempt: kit.last().attempt, url } });
  }
  return new Set(walks.flatMap(({ edges }) => [...edges]));
}

/** The arrows of each drawing, by its title. */
async function drawings(): Promise<Record<string, string[]>> {
  const text = await readFile(new URL("../../../../docs/publish-job.md", import.meta.url), "utf8");
  const found = text.matchAll(/<!-- (\S+) -->\n```mermaid\nstateDiagram-v2\n([\s\S]*?)```/g);
  return Object.fromEntries(
    [...found].map(([, target = "", body = ""]) => [
      target,
      [...body.matchAll(/^ +(\S+) --> ([^\s:]+)/gm)].map(([, from, to]) => `${from} --> ${to}`),
    ]),
  );
}

describe("the states of a job that docs/publish-job.md draws", () => {
  for (const target of TARGETS) {
    it(`are those of a job for the ${target}, and so are the ways between them`, async () => {
      const arrows = (await drawings())[target] ?? [];
      expect(new Set(arrows).size).toBe(arrows.length);
      expect([...arrows].sort()).toEqual([...(await walked(target))].sort());
    }, 60_000);
  }
});

// What an older version has kept (test/fixtures/saved) is read ever after: the same requests are
// left to make, and they come to the same end.

import { createMpClient, createPayClient } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { keepMedia } from "@wechat-edge/mp-media";
import { type PublishJob, publishArticle, uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import certificates from "../../../test/fixtures/saved/certificates.json" with { type: "json" };
import issuedCertificates from "../../../test/fixtures/saved/certificates-issued.json" with {
  type: "json",
};
import draftStates from "../../../test/fixtures/saved/draft-states.json" with { type: "json" };
import keptMedia from "../../../test/fixtures/saved/kept-media.json" with { type: "json" };
import newspicStates from "../../../test/fixtures/saved/newspic-states.json" with { type: "json" };
import libraryStates from "../../../test/fixtures/saved/publish-library-states.json" with {
  type: "json",
};
import tokens from "../../../test/fixtures/saved/tokens.json" with { type: "json" };
import secondVersion from "../../../test/fixtures/saved/version-2.json" with { type: "json" };
import checkpoints from "../../../test/fixtures/saved/video-checkpoints.json" with { type: "json" };
import { picture } from "../../../test/support/publish-job.ts";
import {
  SAVED_AT,
  sameWechat,
  savedFilm,
  savedJob,
  savedPictures,
} from "../../../test/support/saved.ts";
import { details } from "../../../test/support/video.ts";

const now = () => SAVED_AT;

/** What a call came to, as far as the fixtures keep it. */
async function endOf(call: Promise<object>): Promise<unknown> {
  try {
    const { state: _, ...end } = (await call) as { state?: unknown };
    return end;
  } catch (error) {
    const { code, step, attempt } = error as { code?: string; step?: string; attempt?: string };
    return { code, step, attempt };
  }
}

/** The end that version 0.1.0 knew; an unknown outcome has got an attempt since, of a fixed name. */
function named(end: object, step: string | undefined): object {
  return "code" in end ? { ...end, attempt: `v1-${step}` } : end;
}

describe("kept by version 0.1.0", () => {
  for (const [target, saved] of [
    ["publish-library", libraryStates],
    ["draft", draftStates],
  ] as const) {
    const job = { ...savedJob, target } as PublishJob;
    for (const [index, { state, calls, end }] of saved.entries()) {
      it(`job state ${index} of target ${target}`, async () => {
        const wechat = sameWechat();
        const mp = createMpClient({ ...credentials.mp, fetch: wechat.fetch, now });
        const run = publishArticle(mp, job, { state: JSON.stringify(state) });
        const { pending } = state as { pending?: string };
        expect(await endOf(run)).toEqual(named(end, pending));
        expect(wechat.calls).toEqual(calls);
      });
    }
  }

  for (const [index, { state, calls, end }] of newspicStates.entries()) {
    it(`state ${index} of a job for a picture message`, async () => {
      const wechat = sameWechat();
      const mp = createMpClient({ ...credentials.mp, fetch: wechat.fetch, now });
      const run = publishArticle(mp, savedPictures, { state: JSON.stringify(state) });
      const { pending } = state as { pending?: string };
      expect(await endOf(run)).toEqual(named(end, pending));
      expect(wechat.calls).toEqual(calls);
    });
  }

  for (const [index, { checkpoint, calls, end }] of checkpoints.entries()) {
    it(`video checkpoint ${index}`, async () => {
      const wechat = sameWechat();
      const mp = createMpClient({ ...credentials.mp, fetch: wechat.fetch, now });
      const given = { checkpoint: JSON.stringify(checkpoint) };
      const upload = uploadVideoMaterial(mp, details, savedFilm, given);
      expect(await endOf(upload)).toEqual(named(end, checkpoint.phase));
      expect(wechat.calls).toEqual(calls);
    });
  }

  for (const token of ["stable", "plain"] as const) {
    it(`a ${token} token`, async () => {
      const wechat = sameWechat();
      const tokenStore = new Map(Object.entries(tokens));
      const account = { ...credentials.mp, token, tokenStore };
      const mp = createMpClient({ ...account, fetch: wechat.fetch, now });
      await publishArticle(mp, {
        ...savedJob,
        target: "draft",
        until: "uploaded",
      });
      expect(wechat.calls).not.toContain(token === "stable" ? "stable_token" : "token");
    });
  }

  it("kept media", async () => {
    const wechat = sameWechat();
    const store = new Map(Object.entries(keptMedia));
    const mp = createMpClient({ ...credentials.mp, fetch: wechat.fetch, now });
    const cat = picture("cat.jpg", 300);
    const kept = await keepMedia(mp, { type: "image" }, cat, { store });
    expect(kept.media_id).toBe("TEMPORARY");
    expect(wechat.calls).toEqual([]);
  });

  const upload = "/v3/merchant/media/upload";
  for (const [what, saved, paths] of [
    ["the list of platform certificates", issuedCertificates, [upload]],
    // The emulator's certificates were signed with their own keys, which is refused since.
    ["a list of certificates nobody issued", certificates, ["/v3/certificates", upload]],
  ] as const) {
    it(what, async () => {
      const cache = new Map<string, string>(Object.entries(saved));
      const emulator = createEmulator({ now });
      const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;
      const pay = createPayClient({
        mchid,
        serialNo,
        privateKey,
        apiV3Key,
        fetch: emulator.fetch,
        now,
        certificateCache: {
          get: (key) => cache.get(key),
          set: (key, value) => void cache.set(key, value),
        },
      });
      await uploadImage(pay, picture("licence.jpg", 300));
      expect(emulator.control.journal.entries().map(({ path }) => path)).toEqual(paths);
    });
  }
});

describe("kept in the form of version 2", () => {
  const jobs = {
    draft: { ...savedJob, target: "draft" },
    "publish-library": { ...savedJob, target: "publish-library" },
    newspic: savedPictures,
  } as const satisfies Readonly<Record<string, PublishJob>>;
  for (const [index, { of, state, calls, end, ...given }] of secondVersion.entries()) {
    it(`${of}, ${index}`, async () => {
      const wechat = sameWechat();
      const mp = createMpClient({ ...credentials.mp, fetch: wechat.fetch, now });
      const kept = JSON.stringify(state);
      const resolution = "resolution" in given ? (given.resolution as never) : undefined;
      const run =
        of === "video"
          ? uploadVideoMaterial(mp, details, savedFilm, { checkpoint: kept, resolution })
          : publishArticle(mp, jobs[of as keyof typeof jobs], { state: kept, resolution });
      expect(await endOf(run)).toEqual(end);
      expect(wechat.calls).toEqual(calls);
    });
  }
});

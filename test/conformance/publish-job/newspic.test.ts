// A picture message as a job, and the event that ends one: what differs from runtime to runtime.

import { type PublicationEvent, publishArticle } from "@wechat-edge/mp-publish";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";
import { mpOverHttp } from "../../support/mp.ts";
import { jobInProcess, picture, plainJob } from "../../support/publish-job.ts";

const article = { article_type: "newspic", title: "灯笼街", content: "天还没亮透。" } as const;

describe("publishArticle with article_type newspic", () => {
  it("goes up over HTTP", async () => {
    const images = [await media("picture-1.jpg"), await media("cover.jpg")];
    const job = { target: "draft", until: "uploaded", article, images } as const;
    const { media_id, state } = await publishArticle(mpOverHttp(), job);
    expect(media_id).toMatch(/^[\w-]{43}/);
    expect(Object.keys(state.images)).toEqual(["0", "1"]);
  });

  it("goes on where a picture could not be read, and sends the rest alone", async () => {
    const kit = jobInProcess();
    const second = picture("2.jpg", 202);
    let fails = true;
    const broken = {
      name: second.name,
      size: second.size,
      async read(start: number, end: number) {
        if (fails) throw new Error("404");
        return new Uint8Array(await second.slice(start, end).arrayBuffer());
      },
    };
    const images = [picture("1.jpg", 201), broken, picture("3.jpg", 203)];
    const job = { target: "draft", until: "published", article, images } as const;
    await expect(publishArticle(kit.mp, job, kit.keep)).rejects.toMatchObject({
      code: "ERR_MEDIA",
      message: 'images[1]: "2.jpg" could not be read: 404',
    });
    fails = false;
    await publishArticle(kit.another(), job, { state: kit.last() });
    const uploads = kit.control.mpMedia.map(({ filename }) => filename);
    expect(uploads).toEqual(["1.jpg", "2.jpg", "3.jpg"]);
    const [publication] = kit.control.publications.list();
    const list = publication?.articles[0]?.image_info?.image_list.map(
      (each) => each.image_media_id,
    );
    expect(list).toEqual(kit.control.mpMedia.map(({ media_id }) => media_id));
  });
});

describe("the event PUBLISHJOBFINISH", () => {
  it("ends the wait of a job in its pause", async () => {
    let come: (event: PublicationEvent) => void = () => undefined;
    const event = new Promise<PublicationEvent>((resolve) => {
      come = resolve;
    });
    const sleep = async () => {
      const publish_id = kit.control.publications.list()[0]?.publish_id ?? "";
      come({ PublishEventInfo: { publish_id, publish_status: 0, article_id: "a" } });
      await new Promise<void>(() => undefined);
    };
    const kit: ReturnType<typeof jobInProcess> = jobInProcess(
      { sleep },
      { review: { publication: Number.POSITIVE_INFINITY } },
    );
    const { article_id } = await publishArticle(kit.mp, plainJob("draft"), { event });
    expect(article_id).toBe("a");
    expect(kit.calls().filter((call) => call === "article?").length).toBe(1);
  });
});

// What careless users and attackers hand in: no input hangs, costs much, or ends in an error of the wrong kind.

import { digest } from "@wechat-edge/core";
import { readNotification } from "@wechat-edge/core/pay-notifications";
import { createEmulator } from "@wechat-edge/emulator";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { uploadPayFile } from "@wechat-edge/pay-media";
import { downloadPayFile } from "@wechat-edge/pay-media/downloads";
import { describe, expect, it } from "vitest";
import { canOpenGzip } from "../../support/gzip.ts";
import {
  answered,
  clientOf,
  joined,
  NOW,
  nothing,
  received,
  textOf,
} from "../../support/hostile-pay.ts";
import { expectTextRefused, longTexts } from "../../support/long-texts.ts";
import { failure } from "../../support/mp.ts";

const opens = canOpenGzip();

describe("a text of 200,000 characters is refused, and takes no time", () => {
  // What a slow regular expression would look at again and again.
  it.each(["a BEGIN and dashes", "blanks inside", "line ends inside"])("%s", (what) => {
    expectTextRefused(longTexts[what] ?? expect.fail("no such text"));
  });
});

describe("a forged notification", () => {
  it("of chunks of one byte is put together", async () => {
    const emulator = createEmulator({ now: () => NOW });
    const { headers, body } = await received(emulator);
    const bytes = new TextEncoder().encode(body);
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.enqueue(new Uint8Array());
        controller.close();
      },
    });
    const request = {
      headers: new Headers(headers),
      body: stream,
      arrayBuffer: async () => bytes.buffer,
    };
    const { event_type } = await readNotification(clientOf(emulator), request);
    expect(event_type).toBe("TRANSACTION.SUCCESS");
  });
});

describe("a download", () => {
  const url = "https://api.mch.weixin.qq.com/v3/billdownload/file";

  it.each([
    "https://evil.example/v3/a",
    "https://api.mch.weixin.qq.com@evil.example/v3/a",
    "https://api.mch.weixin.qq.com:443@evil.example/v3/a",
    "https://evil.example\\@api.mch.weixin.qq.com/v3/a",
    "https://evil.example#@api.mch.weixin.qq.com/v3/a",
    "https://api.mch.weixin.qq.com.evil.example/v3/a",
    "https://api.mch.weixin.qq.com./v3/a",
    "https://api.mch.weixin.qq.com:8443/v3/a",
    "http://api.mch.weixin.qq.com/v3/a",
    "https://mch.weixin.qq.com/v3/a",
    "https://evilmch.weixin.qq.com/v3/a",
    "https://a.b.mch.weixin.qq.com/v3/a",
    "https://[::1]/v3/a",
    "https://api.mch.weixin.qq.com%2eevil.example/v3/a",
    "https://xn--pi-6bb.mch.weixin.qq.com.evil.example/v3/a",
    "https:/\\evil.example/v3/a",
    "https:evil.example",
    "//api.mch.weixin.qq.com/v3/a",
    "ftp://api.mch.weixin.qq.com/v3/a",
    "javascript:alert(1)",
  ])("sends no signature to %s", async (download_url) => {
    const pay = answered(() => {
      throw new Error("It was sent.");
    });
    expect(await failure(downloadPayFile(pay, { download_url }))).toBeInstanceOf(TypeError);
  });

  it("withholds bytes, not an empty chunk, until its digest is known", async () => {
    const bytes = new TextEncoder().encode("01234567890123456789");
    const chunks = [bytes, new Uint8Array(), new Uint8Array()];
    const pay = answered(
      () =>
        new Response(
          new ReadableStream({
            pull(controller) {
              const chunk = chunks.shift();
              if (chunk === undefined) controller.close();
              else controller.enqueue(chunk);
            },
          }),
        ),
    );
    const hash_value = await digest(new TextEncoder().encode("other"), "SHA-1");
    const { body } = await downloadPayFile(pay, {
      download_url: url,
      hash_type: "SHA1",
      hash_value,
    });
    expect(await failure(Promise.resolve(body.getReader().read()))).toMatchObject({
      code: "ERR_REPLY",
    });
  });
});

describe("a gzip file", () => {
  const text = "`1,`2\r\n".repeat(5000);
  const download_url = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=a";

  const packed = async (content: string) => {
    if (!opens) return Uint8Array.of(0x1f, 0x8b, ...new Uint8Array(100)); // then every one is refused
    const stream = new Blob([content]).stream().pipeThrough(new CompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };
  /** The text that was handed out, or the code of the error at its end. */
  const outcome = async (file: Uint8Array, content?: string) => {
    const pay = answered(() => new Response(joined([file]) as Uint8Array<ArrayBuffer>));
    const digested = content && {
      hash_type: "SHA1",
      hash_value: await digest(new TextEncoder().encode(content), "SHA-1"),
    };
    try {
      const { body } = await downloadPayFile(pay, { download_url, ...digested });
      return await textOf(body);
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
  };

  it.each(["a head alone", "half", "all but its checksum", "all but a byte"])(
    "of which %s came never ends as if it were complete",
    async (part) => {
      const whole = await packed(text);
      const lengths = {
        "a head alone": 18,
        half: whole.length >> 1,
        "all but its checksum": whole.length - 8,
      };
      const length = (lengths as Record<string, number>)[part] ?? whole.length - 1;
      expect(await outcome(whole.slice(0, length))).toBe("ERR_REPLY");
      expect(await outcome(whole.slice(0, length), text)).toBe("ERR_REPLY");
    },
  );

  it.each<[string, () => Promise<readonly Uint8Array[]>, string]>([
    [
      "has another file behind it",
      async () => [await packed(text), await packed("more")],
      `${text}more`,
    ],
    ["has other bytes behind it", async () => [await packed(text), Uint8Array.of(1, 2, 3)], text],
    ["has zeros behind it", async () => [await packed(text), new Uint8Array(20)], text],
    ["has another file inside", async () => [await packed(text.slice(1))], text],
  ])("that %s is whole and right, or an error", async (_, parts, content) => {
    // Runtimes take what follows a gzip file, skip it, or refuse it.
    expect(["ERR_REPLY", content]).toContain(await outcome(joined(await parts()), content));
    expect(await outcome(joined(await parts()), `${content}!`)).toBe("ERR_REPLY");
  });

  it("that differs from its digest is an error in both branches of a tee", async () => {
    const file = await packed(text);
    const pay = answered(() => new Response(file));
    const hash_value = "0".repeat(40);
    const ends = downloadPayFile(pay, { download_url, hash_type: "SHA1", hash_value }).then(
      ({ body }) => body.tee().map((branch) => failure(textOf(branch))),
      (error: unknown) => [error],
    );
    for (const error of await Promise.all(await ends)) {
      expect(error).toMatchObject({ code: "ERR_REPLY" });
    }
  });
});

describe("a function for the digest", () => {
  const path = "/v3/merchant-service/images/upload";
  const file = sampleFile("picture.png");

  it("that never answers ends with the signal, and one that throws with its error", async () => {
    const stop = new AbortController();
    const hangs = () => {
      stop.abort(new Error("enough"));
      return new Promise<string>(() => undefined);
    };
    const { signal } = stop;
    const upload = uploadPayFile(nothing(), { path, digest: hangs }, file, { signal });
    expect(await failure(upload)).toMatchObject({ message: "enough" });
    const own = new RangeError("mine");
    const throws = () => {
      throw own;
    };
    expect(await failure(uploadPayFile(nothing(), { path, digest: throws }, file))).toBe(own);
  });
});

describe("the emulator's notifications", () => {
  it("keep the beginning of an endless answer", async () => {
    const { control } = createEmulator({ now: () => NOW });
    let cancelled = false;
    const { attempts } = await control.notify({
      to: () =>
        new Response(
          new ReadableStream({
            pull: (controller) => controller.enqueue(new Uint8Array(10_000).fill(0x61)),
            cancel: () => {
              cancelled = true;
            },
          }),
        ),
    });
    expect(attempts[0]?.answer).toBe(`${"a".repeat(65_536)}…`);
    expect(cancelled).toBe(true);
  });
});

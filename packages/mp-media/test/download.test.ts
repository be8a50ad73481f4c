import { createMpClient, inspect, type MpClient } from "@wechat-edge/core";
import { downloadMedia, uploadMedia } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { answered, bytesOf, fileOf, textReply } from "../../../test/support/downloads.ts";
import { media } from "../../../test/support/media.ts";
import { mpInProcess } from "../../../test/support/mp.ts";
import { expectSameBytes } from "../../../test/support/same-bytes.ts";

const PATH = "/cgi-bin/media/get";
const match = { path: PATH };
const DAY_MS = 86_400_000;

const download = (reply: () => Response) => downloadMedia(answered(reply), { media_id: "m" });

describe("what is asked", () => {
  it("is a media_id, or a TypeError", async () => {
    const { mp, emulator } = mpInProcess();
    for (const media_id of ["", undefined, null, 5]) {
      const refused = downloadMedia(mp, { media_id: media_id as never });
      await expect(refused).rejects.toThrow(/media_id must be a string/);
    }
    expect(emulator.control.journal.entries()).toEqual([]);
  });
});

describe("what is answered for a file", () => {
  it("[2012.13] of a thumb: image/jpeg, as it was", async () => {
    const { mp } = mpInProcess();
    const file = await media("thumb.jpg");
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, file);
    const thumb = fileOf(await downloadMedia(mp, { media_id }));
    expect(thumb).toMatchObject({ name: `${media_id}.jpg`, type: "image/jpeg" });
    expectSameBytes(await bytesOf(thumb.body), await bytesOf(file));
  });

  it("comes of a follower too", async () => {
    const { mp, emulator } = mpInProcess();
    const bytes = await bytesOf(await media("voice.amr"));
    const media_id = emulator.control.userSends({ type: "voice", bytes });
    const file = fileOf(await downloadMedia(mp, { media_id }));
    expect(file).toMatchObject({ type: "audio/amr", size: bytes.length });
    expectSameBytes(await bytesOf(file.body), bytes);
  });

  it("of a format that is not known here is of the type WeChat names", async () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const headers = { "content-type": "voice/speex; rate=16000" };
    const file = fileOf(await download(() => new Response(bytes, { headers })));
    expect(file).toMatchObject({ type: "voice/speex", name: "m" });
    expectSameBytes(await bytesOf(file.body), bytes);
  });

  for (const [what, text] of Object.entries({
    "{": "{",
    "blanks and {": " \r\n\t{ no JSON",
    "{ and a quote": '{"errcod',
  })) {
    it(`may begin with ${what}`, async () => {
      for (const rest of [0, 4000, 70_000]) {
        const bytes = new Uint8Array(text.length + rest).fill(0xab);
        bytes.set(new TextEncoder().encode(text));
        const headers = { "content-type": "voice/speex", "content-length": String(bytes.length) };
        const file = fileOf(await download(() => new Response(bytes, { headers })));
        expectSameBytes(await bytesOf(file.body), bytes);
      }
    });
  }
});

describe("what is answered for a video", () => {
  for (const video_url of [undefined, null, "", 5, {}]) {
    it(`is no address where it is ${JSON.stringify(video_url)}`, async () => {
      const refused = download(() => Response.json({ video_url }));
      await expect(refused).rejects.toMatchObject({ code: "ERR_REPLY" });
      await expect(refused).rejects.toThrow(/JSON but has no video_url/);
    });
  }
});

describe("a media_id that is no good", () => {
  const refused = async (mp: MpClient, media_id: string) => {
    const error: unknown = await downloadMedia(mp, { media_id }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "MpApiError",
      errcode: 40007,
      errmsg: "invalid media_id",
      endpoint: PATH,
    });
    expect(String(error)).toMatch(/expires after 3 days, and none works in another account/);
  };

  it("[2014.2] [2012.8] expired: three days after it was uploaded", async () => {
    let time = 1_389_793_969_000;
    const now = () => time;
    const { mp } = mpInProcess({ now }, { now });
    const file = await media("thumb.jpg");
    const { media_id, expiresAt } = await uploadMedia(mp, { type: "thumb" }, file);
    time = expiresAt * 1000 - 1000;
    expect(fileOf(await downloadMedia(mp, { media_id })).size).toBe(file.size);
    time += 1000;
    await refused(mp, media_id);
  });

  it("[2014.3] expired: three days after a follower sent it", async () => {
    let time = 1_389_793_969_000;
    const now = () => time;
    const { mp, emulator } = mpInProcess({ now }, { now });
    const media_id = emulator.control.userSends({ type: "image" });
    time += 3 * DAY_MS - 1000;
    expect(fileOf(await downloadMedia(mp, { media_id })).type).toBe("image/jpeg");
    time += 1000;
    await refused(mp, media_id);
  });

  it("of another account", async () => {
    const other = { appid: "wx0123456789abcdef", secret: "another-secret" };
    const { mp, emulator } = mpInProcess({}, { accounts: [other] });
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, await media("thumb.jpg"));
    await refused(createMpClient({ ...other, fetch: emulator.fetch }), media_id);
    expect(fileOf(await downloadMedia(mp, { media_id })).kind).toBe("file");
  });
});

describe("an error that looks like a file", () => {
  it("that was cut is a ReplyError, and no file", async () => {
    for (const type of ["image/jpeg", "text/plain", "application/json"]) {
      const refused = download(() => textReply(ERROR.slice(0, 20), type));
      await expect(refused).rejects.toMatchObject({ code: "ERR_REPLY" });
    }
  });

  it("about the token gets another token, and the file", async () => {
    const { mp, emulator } = mpInProcess();
    const file = await media("thumb.jpg");
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, file);
    emulator.control.tokens.kill(mp.appid, { replace: true });
    expect(fileOf(await downloadMedia(mp, { media_id })).size).toBe(file.size);
    expect(emulator.control.tokens.calls(mp.appid).stable).toBe(2);
  });

  it("about a busy server is asked again", async () => {
    const { mp, emulator, pauses } = mpInProcess();
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, await media("thumb.jpg"));
    emulator.control.faults.add({ kind: "mp-error", errcode: -1, match });
    expect(fileOf(await downloadMedia(mp, { media_id })).kind).toBe("file");
    expect(pauses.length).toBe(1);
  });

  it("that is almost JSON is read as well", async () => {
    const raw = '{"errcode":40007,"errmsg":"invalid\tmedia_id\u0000 rid: 1-2-3"}\u0000';
    const error: unknown = await download(() => textReply(raw, "image/jpeg")).catch(
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ errcode: 40007, rid: "1-2-3" });
  });

  it("never shows the token", async () => {
    const echo = JSON.stringify({ errcode: 40001, errmsg: "bad token-of-the-test, sorry" });
    const error: unknown = await download(() => textReply(echo, "text/plain")).catch(
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ errcode: 40001, errmsg: "bad ***, sorry" });
  });
});

describe("what is neither a file nor WeChat's", () => {
  const pages: Readonly<Record<string, string>> = {
    "a page": "<!DOCTYPE html><html><body>Log in</body></html>",
    "a page in small letters, behind blanks": "\r\n  <html><head></head></html>",
    "a page that begins with a script": "<script>location = 'https://portal.example'</script>",
    "a page that begins with a comment": "<!-- portal --><html></html>",
    XML: '<?xml version="1.0"?><error/>',
    "a long page": `<html>${"x".repeat(10_000)}</html>`,
  };
  for (const [what, text] of Object.entries(pages)) {
    it(`${what}, of whatever type, is a ReplyError`, async () => {
      for (const type of ["text/html; charset=utf-8", "image/jpeg", "application/octet-stream"]) {
        const refused = download(() => textReply(text, type));
        await expect(refused).rejects.toMatchObject({ code: "ERR_REPLY", status: 200 });
        await expect(refused).rejects.toThrow(/captive portal/);
      }
    });
  }

  it("text that names itself so is a ReplyError", async () => {
    const refused = download(() => textReply("404 page not found", "text/plain"));
    await expect(refused).rejects.toMatchObject({ code: "ERR_REPLY" });
  });

  for (const status of [403, 404, 412]) {
    it(`status ${status} is a ReplyError, asked once`, async () => {
      const mp = answered(() => new Response("<html></html>", { status }));
      const refused = downloadMedia(mp, { media_id: "m" });
      await expect(refused).rejects.toMatchObject({ code: "ERR_REPLY", status });
      expect(mp.asked()).toBe(1);
    });
  }

  it("a picture under status 500 is a ReplyError, asked again", async () => {
    const bytes = await bytesOf(await media("cover.jpg"));
    const mp = answered(() => new Response(bytes, { status: 500 }));
    const refused = downloadMedia(mp, { media_id: "m" });
    await expect(refused).rejects.toMatchObject({ code: "ERR_REPLY", status: 500 });
    expect(mp.asked()).toBe(3);
  });

  it("an error under status 500 keeps its errcode", async () => {
    const refused = download(() => new Response(ERROR, { status: 500 }));
    await expect(refused).rejects.toMatchObject({ errcode: 40007 });
  });
});

describe("[2012.16] the name of a file is safe to create one by", () => {
  const LONG = "n".repeat(300);
  const names: Readonly<Record<string, readonly [disposition: string, name: string]>> = {
    "as documented": ['attachment; filename="MEDIA_ID.jpg"', "MEDIA_ID.jpg"],
    "without quotes": ["attachment; filename=MEDIA_ID.jpg", "MEDIA_ID.jpg"],
    "in capitals": ['ATTACHMENT; FILENAME="a.jpg"', "a.jpg"],
    "with an escaped quote": ['attachment; filename="a\\"b.jpg"', "a_b.jpg"],
    "a path": ['attachment; filename="/etc/passwd"', "passwd"],
    "a path of Windows": ['attachment; filename="C:\\\\Windows\\\\a.jpg"', "a.jpg"],
    "a path of Windows, not escaped": [
      'attachment; filename="C:\\Windows\\a.jpg"',
      "C_Windowsa.jpg",
    ],
    "../../": ['attachment; filename="../../a.jpg"', "a.jpg"],
    "..\\": ['attachment; filename="..\\\\..\\\\a.jpg"', "a.jpg"],
    "dots at the front": ['attachment; filename="...a.jpg"', "a.jpg"],
    "a hidden file": ['attachment; filename=".bashrc"', "bashrc"],
    "blanks and dots around": ['attachment; filename=" . a.jpg. "', "a.jpg"],
    "a tab": ['attachment; filename="a\tb.jpg"', "a_b.jpg"],
    "what Windows forbids": ['attachment; filename="a<b>c:d|e?f*.jpg"', "a_b_c_d_e_f_.jpg"],
    "a device of Windows": ['attachment; filename="CON.jpg"', "_CON.jpg"],
    "another device": ['attachment; filename="lpt1"', "_lpt1"],
    "a name that only begins like a device": ['attachment; filename="console.jpg"', "console.jpg"],
    "C1 controls": ['attachment; filename="a\u0085b.jpg"', "a_b.jpg"],
    "over 250 bytes": [`attachment; filename="${LONG}.jpg"`, `${LONG.slice(0, 246)}.jpg`],
    "a dot where a long one is cut": [
      `attachment; filename="${"a".repeat(50)}.${"b".repeat(249)}"`,
      "b".repeat(249),
    ],
    "beside another field": ['attachment; name="filename=evil.sh"; filename="a.jpg"', "a.jpg"],
  };
  for (const [what, [disposition, name]] of Object.entries(names)) {
    it(what, async () => {
      const bytes = await bytesOf(await media("thumb.jpg"));
      const headers = { "content-disposition": disposition };
      expect(fileOf(await download(() => new Response(bytes, { headers }))).name).toBe(name);
    });
  }

  const MISSING = [
    undefined,
    "",
    "attachment",
    "inline",
    'attachment; filename=""',
    'attachment; filename="../../.."',
    'attachment; filename="/"',
    'attachment; filename="not closed',
    "attachment; filename*=UTF-8''a.jpg",
  ];
  it("the media_id where the reply has no name", async () => {
    const bytes = await bytesOf(await media("thumb.jpg"));
    for (const disposition of MISSING) {
      const headers = { ...(disposition !== undefined && { "content-disposition": disposition }) };
      const mp = answered(() => new Response(bytes, { headers }));
      const file = fileOf(await downloadMedia(mp, { media_id: "QQ9nj-7ctrqA8t3WKU3dQN24IuFV" }));
      expect(file.name).toBe("QQ9nj-7ctrqA8t3WKU3dQN24IuFV.jpg");
    }
    // It begins with a tag.
    const sound = await bytesOf(await media("voice.mp3"));
    for (const type of ["audio/mp3", "audio/mpeg", "text/plain", "application/octet-stream"]) {
      const mp = answered(() => new Response(sound, { headers: { "content-type": type } }));
      const file = fileOf(await downloadMedia(mp, { media_id: "m" }));
      expect([file.name, file.type]).toEqual(["m.mp3", "audio/mpeg"]);
    }
  });

  it("a media_id that is not", async () => {
    const bytes = await bytesOf(await media("voice.amr"));
    for (const [media_id, name] of [
      ["../../a", "a.amr"],
      ["..", "media.amr"],
      ["a\0b", "a_b.amr"],
      ["a\u202egpj", "a_gpj.amr"],
    ] as const) {
      const mp = answered(() => new Response(bytes));
      expect(fileOf(await downloadMedia(mp, { media_id })).name).toBe(name);
    }
  });
});

describe("a voice", () => {
  it("[2012.11] of MP3 comes as AMR under the name of AMR", async () => {
    const { mp } = mpInProcess();
    const file = await media("voice.mp3");
    const { media_id } = await uploadMedia(mp, { type: "voice" }, file);
    const voice = fileOf(await downloadMedia(mp, { media_id }));
    expect(voice).toMatchObject({ type: "audio/amr", name: `${media_id}.amr` });
    expect(await inspect(await bytesOf(voice.body))).toMatchObject({ format: "amr" });
  });
});

const ERROR = '{"errcode":40007,"errmsg":"invalid media_id"}';

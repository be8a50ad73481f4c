// What is written, read back by the parser that another client of WeChat reads messages with.

import { createRequire } from "node:module";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { type MediaReply, mediaReplyXml } from "../src/index.ts";

const SEED = 20_261_122;

interface XmlParser {
  parse(xml: string): unknown;
}

const interop = createRequire(new URL("../../../test/interop/package.json", import.meta.url));
const { XMLParser } = createRequire(interop.resolve("node-easywechat"))("fast-xml-parser") as {
  XMLParser: new (options: object) => XmlParser;
};
const parser = new XMLParser({ trimValues: false, parseTagValue: false });

/** Texts that are out to end a CDATA section, and any other that XML can hold. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom("]", ">", "]]>", "<![CDATA[", "<", "&", "&amp;", "\n", "🏪", "图"),
    fc.string({ unit: "grapheme", maxLength: 2 }),
  ),
});

it(`every text comes back as it was (seed ${SEED})`, () => {
  fc.assert(
    fc.property(text, text, text, fc.string({ minLength: 1 }), (from, title, about, id) => {
      const fields = { Title: `t${title}`, Description: `d${about}` };
      const head = { ToUserName: "o1", FromUserName: `g${from}`, CreateTime: 1_389_793_969 };
      const replies: MediaReply[] = [
        { ...head, MsgType: "image", Image: { MediaId: id } },
        { ...head, MsgType: "voice", Voice: { MediaId: id } },
        { ...head, MsgType: "video", Video: { MediaId: id, ...fields } },
        {
          ...head,
          MsgType: "music",
          Music: { ...fields, MusicUrl: "https://x/?a&b", HQMusicUrl: "", ThumbMediaId: id },
        },
      ];
      for (const reply of replies) {
        const read = parser.parse(mediaReplyXml(reply));
        expect(read).toEqual({ xml: { ...reply, CreateTime: "1389793969" } });
      }
    }),
    { seed: SEED, numRuns: 500 },
  );
});

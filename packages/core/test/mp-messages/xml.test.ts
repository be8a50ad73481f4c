import { describe, expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import { readFields } from "../../src/mp-messages/fields.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const fieldsOf = (inner: string) => readFields(bytes(`<xml>${inner}</xml>`));

describe("the XML of a message", () => {
  it.each<[string, string, object]>([
    ["texts and CDATA", "<a>1</a><b><![CDATA[<x>&amp;]]></b>", { a: "1", b: "<x>&amp;" }],
    ["CDATA that was split", "<a><![CDATA[x]]]]><![CDATA[>y]]></a>", { a: "x]]>y" }],
    ["brackets in CDATA", "<a><![CDATA[[]]]]]></a>", { a: "[]]]" }],
    ["blanks around CDATA", "<a>\n  <![CDATA[ x ]]>\n</a>", { a: " x " }],
    ["blanks that were typed", "<Content><![CDATA[ \n ]]></Content>", { Content: " \n " }],
    ["references", "<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;</a>", { a: "<>&\"'A😀" }],
    ["empty elements", "<a></a><b/><c />", { a: "", b: "", c: "" }],
    ["line ends between elements", "\n<a>1</a>\r\n\t<b>2</b> ", { a: "1", b: "2" }],
    ["an element twice", "<a>1</a><b>x</b><a>2</a>", { a: ["1", "2"], b: "x" }],
    ["one item of a list", "<L><item><x>1</x></item></L>", { L: { item: [{ x: "1" }] } }],
    ["one number of a list", "<fail_idx>2</fail_idx>", { fail_idx: [2] }],
    [
      "a list without items",
      "<PicList></PicList><ResultList/>",
      {
        PicList: { item: [] },
        ResultList: { item: [] },
      },
    ],
    ["an id of 64 bits", "<MsgId>6054768590064713728</MsgId>", { MsgId: "6054768590064713728" }],
    [
      "a number",
      "<Location_X>-23.134521</Location_X><CreateTime> 5 </CreateTime>",
      {
        Location_X: -23.134521,
        CreateTime: 5,
      },
    ],
    [
      "a number that is none",
      "<Scale></Scale><Count>many</Count><idx>1e9</idx><a>b</a>",
      { a: "b" },
    ],
    [
      "names of objects",
      "<constructor>1</constructor><toString>2</toString>",
      {
        constructor: "1",
        toString: "2",
      },
    ],
  ])("may have %s", (_, xml, fields) => {
    expect(fieldsOf(xml)).toEqual(fields);
  });

  it("keeps a field that is named as the prototype to itself", () => {
    const fields = fieldsOf("<__proto__><polluted>1</polluted></__proto__><a>1</a>");
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
    expect("polluted" in fields).toBe(false);
  });

  it("may begin with a byte order mark and a declaration", () => {
    const xml = '\ufeff<?xml version="1.0" encoding="utf-8"?>\n<xml><a>1</a></xml>\n';
    expect(readFields(bytes(xml))).toEqual({ a: "1" });
  });

  const laughs = `<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><xml><a>&b;</a></xml>`;
  it.each<[string, string]>([
    ["nothing", ""],
    ["a text", "success"],
    ["another root", "<html><a>1</a></html>"],
    ["a root with a text", "<xml>1</xml>"],
    ["an empty root", "<xml></xml>"],
    ["two roots", "<xml><a>1</a></xml><xml><a>1</a></xml>"],
    [
      "an external entity",
      `<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><a>&x;</a></xml>`,
    ],
    ["entities that grow", laughs],
    ["an entity of its own", "<xml><a>&b;</a></xml>"],
    ["a bare ampersand", "<xml><a>a & b</a></xml>"],
    ["half of a surrogate pair", "<xml><a>&#xD800;</a></xml>"],
    ["no character", "<xml><a>&#0;</a></xml>"],
    ["a character beyond all", "<xml><a>&#x110000;</a></xml>"],
    ["a comment", "<xml><!-- x --><a>1</a></xml>"],
    ["an instruction", "<xml><?php x ?><a>1</a></xml>"],
    ["an attribute", '<xml><a b="1">1</a></xml>'],
    ["a namespace", "<xml><x:a>1</x:a></xml>"],
    ["a text beside elements", "<xml>x<a>1</a></xml>"],
    ["CDATA beside elements", "<xml><![CDATA[x]]><a>1</a></xml>"],
    ["an element that does not end", "<xml><a>1</xml>"],
    ["elements that cross", "<xml><a><b>1</a></b></xml>"],
    ["an end without a beginning", "<xml><a>1</a></b></xml>"],
    ["CDATA that does not end", "<xml><a><![CDATA[1</a></xml>"],
    ["a tag that does not end", "<xml><a"],
    ["an end that is cut", "<xml><a>1</a></xml"],
    ["an end with a slash too many", "<xml><a>1</a/></xml>"],
    ["elements too deep", `<xml>${"<a>".repeat(20)}${"</a>".repeat(20)}</xml>`],
    ["JSON of a list", "[1]"],
    ["JSON that is cut", '{"a":1'],
  ])("is not read with %s", async (_, xml) => {
    const refusal = await failure(Promise.resolve().then(() => readFields(bytes(xml))));
    expect(refusal).toMatchObject({ code: "ERR_MESSAGE", reason: "malformed" });
  });

  it("is not read if it is no UTF-8", async () => {
    const broken = Uint8Array.of(...bytes("<xml><a>"), 0xff, 0xfe, ...bytes("</a></xml>"));
    const refusal = await failure(Promise.resolve().then(() => readFields(broken)));
    expect(refusal).toMatchObject({ reason: "malformed" });
  });

  it.each<[string, (size: number) => string]>([
    ["elements that do not end", (size) => `<xml>${"<a>".repeat(size / 3)}`],
    ["empty elements", (size) => `<xml>${"<a/>".repeat(size / 4)}</xml>`],
    ["items", (size) => `<xml>${"<item/>".repeat(size / 7)}</xml>`],
    ["names without an end", (size) => `<xml><${"a".repeat(size)}`],
    ["blanks in a tag", (size) => `<xml><a${" ".repeat(size)}`],
    ["ampersands", (size) => `<xml><a>${"&".repeat(size)}</a></xml>`],
    ["references", (size) => `<xml><a>${"&lt;".repeat(size / 4)}</a></xml>`],
    ["openings of CDATA", (size) => `<xml><a>${"<![CDATA[".repeat(size / 9)}`],
    ["brackets in CDATA", (size) => `<xml><a><![CDATA[${"]".repeat(size)}]]></a></xml>`],
    ["sections of CDATA", (size) => `<xml><a>${"<![CDATA[]]>".repeat(size / 12)}</a></xml>`],
    ["instructions", (size) => `<?xml ${"a".repeat(size)}`],
    ["blanks", (size) => `<xml><a>${" ".repeat(size)}x</a></xml>`],
    ["digits", (size) => `<xml><Count>${"1".repeat(size)}</Count></xml>`],
    ["keys in JSON", (size) => `{"a":"${`"MsgId"  `.repeat(size / 9)}`],
  ])("of a megabyte of %s is read or refused", (_, make) => {
    const text = make(1_000_000);
    try {
      expect(readFields(bytes(text))).toBeDefined();
    } catch (error) {
      expect(error).toMatchObject({ code: "ERR_MESSAGE" });
    }
  });
});

describe("the JSON of a message", () => {
  it("is read, with ids of 64 bits as texts", () => {
    const json = `{"MsgId": 6054768590064713728, "CreateTime": 5, "Content": "\\"MsgId\\": 12", "PublishEventInfo": {"publish_id":2247503051123456789}}`;
    expect(readFields(bytes(json))).toEqual({
      MsgId: "6054768590064713728",
      CreateTime: 5,
      Content: '"MsgId": 12',
      PublishEventInfo: { publish_id: "2247503051123456789" },
    });
  });
});

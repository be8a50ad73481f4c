import * as fc from "fast-check";

/** HTML whose pictures are known, and what it must become. */
export interface RandomHtml {
  readonly html: string;
  /** The same with each picture's address replaced by `newAddress` of it. */
  readonly rewritten: string;
  /** Addresses in order, decoded, each once. */
  readonly addresses: readonly string[];
}

/** Plain letters alone, so that it is written the same everywhere. */
export function newAddress(address: string): string {
  let hash = 0;
  for (const character of address) {
    hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) % 1_000_003;
  }
  return `https://mmbiz.qpic.cn/mmbiz/${address.length}x${Math.abs(hash)}/0`;
}

/** A part of an attribute's value: an address, written in CSS where `css` has the quotes, or plain text. */
type Part = string | { readonly address: string; readonly css?: Quote };
type Quote = '"' | "'" | "";
/** Numbers between 0 and 99, again and again: how each character is written. */
type Dice = () => number;

interface Piece {
  readonly html: string;
  readonly rewritten: string;
  readonly addresses: readonly string[];
}

/** HTML without pictures that ends in text, some of it broken and some of it a trap. */
const NOISE = [
  "text",
  " a < b & c &lt;img src=no.png&gt; ",
  "灯笼街 🏮\u00a0\r\n\t",
  "<p class=x>",
  "</p>",
  "</ p src=no.png>",
  "<br/>",
  "<P TITLE='<img src=no.png>'>",
  '<p title="a&quot;><img src=no.png>">',
  "<p data-src=no.png src=no.png>",
  '<a href="no.png">link</a>',
  '<iframe data-src="no.png" src="no.png"><img src=no.png></iframe>',
  "<!-- <img src=no.png> -->",
  "<!--><b>",
  "<!--a--!><i>",
  "<!doctype html>",
  "<?xml <img src=no.png?>",
  "<! <img src=no.png>",
  '<script>document.write("<img src=no.png>")</script>',
  "<STYLE>p { background: url(no.png) }</STYLE >",
  "<textarea><img src=no.png></TEXTAREA>",
  "<title><img src=no.png></title>",
  "<xmp><img src=no.png></xmp>",
  "<noembed><img src=no.png></noembed>",
  "<svg><title/><style/><filter id=a></svg>",
  "<svg><script/></svg>",
  "<math><mi>x</mi></math>",
  '<div style="color: red; filter: url(#no)">',
  "<div style=\"/* url(no.png) */ content: 'url(no.png)'; my-url(no.png)\">",
  "<img>",
  '<img src="" data-src=\' \' srcset=" , ">',
  "<img src>",
  "<p =no.png / src=no.png>",
  "<source src=no.png>",
  "<video src=no.png></video>",
];

const ADDRESS_CHARACTERS = Array.from("abcxyz019/.:?=&#%-_~+;,()'\"<>\\`字é🏮");

const address: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...ADDRESS_CHARACTERS), { minLength: 1, maxLength: 12 })
  // Neither a fragment nor, in a srcset, a comma at an end.
  .map((characters) => `h${characters.join("")}z`);
const spacedAddress = fc
  .tuple(address, fc.constantFrom("", " ", "\t"), address)
  .map((parts) => parts.join(""));
const quote: fc.Arbitrary<Quote> = fc.constantFrom('"', "'", "");
const dice: fc.Arbitrary<readonly number[]> = fc.array(fc.nat(99), { minLength: 1, maxLength: 24 });
const space = fc.constantFrom("", " ", "\n");

const plainValue: fc.Arbitrary<Part[]> = fc
  .tuple(space, spacedAddress, space)
  .map(([before, address, after]) => [before, { address }, after]);
const srcsetValue: fc.Arbitrary<Part[]> = fc
  .array(fc.tuple(address, fc.constantFrom(" 1x", " 480w", "\t2x ")), {
    minLength: 1,
    maxLength: 3,
  })
  .map((candidates) =>
    candidates.flatMap(([address, descriptor], index): Part[] => [
      index === 0 ? " " : ", ",
      { address },
      descriptor,
    ]),
  );
const styleValue: fc.Arbitrary<Part[]> = fc
  .array(
    fc.tuple(
      fc.constantFrom("background:", "color: red; Background-Image : ", "/* ) */ border-image: "),
      fc.constantFrom("url(", "URL( "),
      quote,
      spacedAddress,
      fc.constantFrom(")", " ) no-repeat"),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((declarations) =>
    declarations.flatMap(([property, open, css, address, close]): Part[] => [
      `${property}${open}${css}`,
      { address, css },
      `${css}${close};`,
    ]),
  );

const attribute = (names: readonly string[], value: fc.Arbitrary<Part[]>): fc.Arbitrary<Piece> =>
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom("=", " =\n"), quote, value, dice)
    .map(([name, equals, quote, value, dice]) =>
      attributePiece(`${name}${equals}${quote}`, value, quote, dice),
    );

const imageAttributes = fc
  .tuple(
    attribute(["src", "SRC"], plainValue),
    attribute(["data-src"], plainValue),
    attribute(["srcset", "SrcSet"], srcsetValue),
    attribute(["style"], styleValue),
  )
  .chain((attributes) => fc.shuffledSubarray([...attributes], { minLength: 1 }));

const picture: fc.Arbitrary<Piece> = fc.oneof(
  tag(["img", "IMG", "image"], imageAttributes),
  tag(["p", "section", "mp-x"], fc.tuple(attribute(["style", "STYLE"], styleValue))),
  tag(["source"], fc.tuple(attribute(["srcset"], srcsetValue))),
  tag(["td", "table"], fc.tuple(attribute(["background"], plainValue))),
  tag(["video"], fc.tuple(attribute(["poster"], plainValue))),
  tag(["mp-miniprogram"], fc.tuple(attribute(["data-miniprogram-imageurl"], plainValue))),
  tag(["svg><image"], fc.tuple(attribute(["href", "xlink:href"], plainValue))).map((piece) =>
    joined([piece, same("</svg>")]),
  ),
);

/** HTML with pictures of every kind in every way of writing, between noise. */
export const randomHtml: fc.Arbitrary<RandomHtml> = fc
  .array(fc.oneof(fc.constantFrom(...NOISE).map(same), picture), { maxLength: 12 })
  .map(joined)
  .map(({ html, rewritten, addresses }) => ({
    html,
    rewritten,
    addresses: [...new Set(addresses)],
  }));

/** Text made of what HTML is made of, in any order. */
export const brokenHtml: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...NOISE,
      ...[
        "<",
        ">",
        "/",
        "=",
        '"',
        "'",
        "&",
        ";",
        "#",
        " ",
        "\n",
        "\\",
        "(",
        ")",
        ",",
        "!--",
        "-->",
      ],
      ...[
        "<img",
        "<p",
        "<svg",
        "</svg>",
        "<title",
        "src",
        "data-src=",
        "srcset=",
        "style=",
        "url(",
      ],
      ...[
        "a.png",
        "&quot",
        "&quot;",
        "&lt",
        "&#x61",
        "&fjlig;",
        "&#32;",
        " 2x",
        "background:",
        "\0",
      ],
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

function tag(
  names: readonly string[],
  attributes: fc.Arbitrary<readonly Piece[]>,
): fc.Arbitrary<Piece> {
  const others = ["", " alt='it&apos;s > <'", ' data-w="1" CLASS=a', ' title="src=no.png"'];
  return fc
    .tuple(
      fc.constantFrom(...names),
      fc.constantFrom(...others),
      attributes,
      fc.constantFrom(">", " />"),
    )
    .map(([name, other, attributes, close]) =>
      joined([
        same(`<${name}${other}`),
        ...attributes.map((attribute) => joined([same(" "), attribute])),
        same(close === ">" ? " >" : close),
      ]),
    );
}

function attributePiece(
  before: string,
  value: readonly Part[],
  quote: Quote,
  faces: readonly number[],
): Piece {
  let thrown = 0;
  const dice: Dice = () => faces[thrown++ % faces.length] ?? 0;
  const pieces = value.map((part): Piece => {
    if (typeof part === "string") return same(encoded(part, quote, dice));
    const { address, css } = part;
    return {
      html: encoded(css === undefined ? address : cssEncoded(address, css, dice), quote, dice),
      rewritten: newAddress(address),
      addresses: [address],
    };
  });
  return joined([same(before), ...pieces, same(quote)]);
}

function same(html: string): Piece {
  return { html, rewritten: html, addresses: [] };
}

function joined(pieces: readonly Piece[]): Piece {
  return {
    html: pieces.map(({ html }) => html).join(""),
    rewritten: pieces.map(({ rewritten }) => rewritten).join(""),
    addresses: pieces.flatMap(({ addresses }) => addresses),
  };
}

const NAMED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** A text as an attribute's value, each character in one of the ways that HTML allows. */
function encoded(text: string, quote: Quote, dice: Dice): string {
  return Array.from(text, (character) => {
    const face = dice();
    const needed = quote === "" ? /[\s"'=<>`&]/ : quote === '"' ? /["&]/ : /['&]/;
    if (!needed.test(character) && face < 80) return character;
    const codePoint = character.codePointAt(0) ?? 0;
    if (face % 3 === 0) return `&#${codePoint};`;
    if (face % 3 === 1) return `&#x${codePoint.toString(16)};`;
    return NAMED[character] ?? `&#X0${codePoint.toString(16).toUpperCase()};`;
  }).join("");
}

/** A text as the address of a `url()`. */
function cssEncoded(text: string, quote: Quote, dice: Dice): string {
  return Array.from(text, (character) => {
    const face = dice();
    const needed = quote === "" ? /[\s"'()\\]/ : quote === '"' ? /["\\]/ : /['\\]/;
    if (!needed.test(character) && face < 90) return character;
    const hex = `\\${(character.codePointAt(0) ?? 0).toString(16)} `;
    return /[\da-f\s]/i.test(character) || face % 2 === 0 ? hex : `\\${character}`;
  }).join("");
}

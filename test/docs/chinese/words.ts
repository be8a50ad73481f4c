// How Chinese is set: full-width marks, a space before and after Latin words, and WeChat's own terms.

/** Stands where a code mark or an address was: it is Latin, and its inside is nobody's prose. */
const CODE = "\uE000";
/** Stands where a name was that is copied as WeChat's pages have it: 【API安全】, 媒体API文档. */
const LABEL = "。";

const HAN = "\\p{Script=Han}";
const faults: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    "half-width mark",
    new RegExp(`[${HAN}${CODE}][ ]?[,:;()!?]|[,:;()!?][ ]?[${HAN}${CODE}]|${HAN}\\.(?=\\s|$)`, "u"),
  ],
  ["no space", new RegExp(`${HAN}[\\w${CODE}]|[\\w%${CODE}]${HAN}`, "u")],
  ["half-width quotes", new RegExp(`["'][^"']*${HAN}[^"']*["']|["']${HAN}|${HAN}["']`, "u")],
  ["not WeChat's word, which is 素材", /(?<!多)媒体文件/],
];
const hasChinese = new RegExp(HAN, "u");

/** The glossary: what these pages call each thing, and which words they do not use for it. */
const glossary: readonly (readonly [use: string, instead: RegExp])[] = [
  ["应答", /回包|答话|回答|作了答|回复包/],
  ["请求体、应答体", /包体|响应体/],
  ["额度", /配额/],
  ["境外（Global）", /全球版/],
  ["微信支付 APIv3", /微信支付 ?v3/],
  ["微信支付公钥", /平台公钥/],
  ["验签", /验证签名/],
  ["中控服务器", /token ?中控|中控(?!服务器)/],
  ["中转", /转发服务/],
  ["Serverless 函数", /无服务器|serverless 函数/],
  ["access_token", /(?<![\w_])token (?:失效|过期|有效期|错误)|[取换] token/],
  ["图文", /文章/],
  ["草稿箱", /草稿库/],
  ["留言", /评论/],
  ["公众平台、商户平台", /后台/],
  ["断点", /(?<!断点)[\p{Script=Han}，。；：（] ?checkpoint|^\|? ?checkpoint/u],
  ["后缀", /(?<!后缀（)扩展名/],
  // 取消授权 is WeChat's own.
  ["中止", /取消(?!(?:了(?:对第三方平台的)?)?授权)/],
  ["重试、重发", /重做/],
  ["拒绝", /拒收/],
  ["官方文档、社区反馈、推测", /假定|有人报告|他人报告|开发者反馈|哪些有文档|\*\*有文档/],
  ["《媒体API文档》", /媒体(?: API ?| ?API )文档/],
  ["不能撤销", /不可撤销|不能撤回/],
  ["及以上", /(?:Node|Java|Deno|Bun|TypeScript) [\d.]+ ?(?:以上|或更高)/],
  ["签名探测流量", /探测签名|签名探测(?!流量)/],
];

/** The words of a page or a form that the glossary has others for, code marks aside: `line: not … but …`. */
export function wrongWordsOf(page: string): string[] {
  return page.split("\n").flatMap((line, index) => {
    const own = line
      .replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, CODE)
      .replace(/【[^】\n]*】/g, LABEL);
    return glossary.flatMap(([use, instead]) => {
      const found = instead.exec(own);
      return found === null ? [] : [`${index + 1}: ${use}, not ${found[0]}`];
    });
  });
}

/** What is set wrongly in a Chinese page, code aside: `line: fault: the words`. */
export function faultsOf(page: string): string[] {
  return proseOf(page)
    .split("\n")
    .flatMap((line, index) =>
      line
        .split("|") // the cells of a table
        .filter((cell) => hasChinese.test(cell))
        .flatMap((cell) =>
          faults
            .filter(([, pattern]) => pattern.test(cell))
            .map(([name]) => `${index + 1}: ${name}: ${cell.trim().replaceAll(CODE, "`…`")}`),
        ),
    );
}

/** The page without code, comments and the targets of links, with its lines where they were. */
function proseOf(page: string): string {
  const onlyLines = (text: string): string => text.replace(/[^\n]/g, "");
  return page
    .replace(/^(?:> ?)?```[\s\S]*?^(?:> ?)?```$/gm, onlyLines)
    .replace(/<!--[\s\S]*?-->/g, onlyLines)
    .replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, CODE)
    .replace(/\]\([^)\s]*\)/g, "]")
    .replace(/https?:\/\/[\w./?#=&%~-]+/g, CODE)
    .replace(/<[^>\n]+>/g, "")
    .replace(/【[^】\n]*】|媒体API(?:文档)?/g, LABEL)
    .replace(/\*\*|!\[|[[\]]/g, "");
}

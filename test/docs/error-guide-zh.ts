// What docs/zh-CN/errors.md says of each class of errors and of each message. Markdown, written from the meaning.

export interface ChineseErrorGuide {
  readonly title: string;
  /** When it is thrown, and what it carries. */
  readonly about: string;
  readonly cause: string;
  readonly cure: string;
  /** By the message as error-messages.ts finds it. */
  readonly rows: Readonly<Record<string, ChineseRow>>;
}

export type ChineseRow = readonly [meaning: string, cure: string];

const SAME_VERSION =
  "所有 `@wechat-edge/*` 装同一个版本；`npm ls @wechat-edge/core` 列出装了几份。";
const CHECK_WAY = "检查 `baseUrl`、代理和网络。";
const SHORTEN = "删短。";
const LAST_STATE = "传 `onState` 最后一次给你的状态，原样保存、原样传回。";
const OWN_STORE = "检查存取状态的代码：字段有没有被截断、改写。";

/** Of the advice that the message of an MpApiError ends with, by errcode. */
export const chineseAdvice: Readonly<Record<number, ChineseRow>> = {
  40005: [
    "`invalid file type`，不合法的文件类型：这个接口不收这种文件。",
    "先转成接口支持的格式，再上传。",
  ],
  40007: [
    "`invalid media_id`，不合法的 `media_id`：这个公众号没有它。临时素材 3 天后失效；别的公众号的 `media_id` 不能用。",
    "重新上传，用新的 `media_id`。要长期用，传永久素材（`addMaterial`），或交给 `keepMedia` 到期前重传。",
  ],
  40013: [
    "`invalid appid`，不合法的 AppID。",
    "到【微信开发者平台 → 我的业务 → 公众号】或【服务号】【→ 基础信息】核对 AppID，留意多余的空格和弄混的账号。",
  ],
  40113: [
    "`unsupported file type`，不支持的文件类型：后缀和内容微信都看，改名没有用。",
    "转换格式。",
  ],
  40125: [
    "`invalid appsecret`：AppSecret 不是这个 AppID 的，或者已经被重置。获取 access_token 时返回 40001（`invalid credential, access_token is invalid or not latest`），也是这个原因。",
    "到【微信开发者平台 → 我的业务 → 公众号】或【服务号】【→ 基础信息 → 开发密钥】核对。AppSecret 只显示一次；重置后旧的立即失效，用到它的程序要一起换。",
  ],
  40164: [
    "`invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist`：出口 IP 不在 IP 白名单里。微信看到的 IP 就在报错里，也在 `error.ip` 里；它往往不是机器自己的 IP。",
    "把它加到【微信开发者平台 → 我的业务 → 公众号】或【服务号】【→ 基础信息 → 开发密钥】的 API IP 白名单，几分钟后生效。Worker 等 Serverless 函数的出口 IP 不固定：用 `baseUrl` 走有固定 IP 的中转。微信现在的文档说所有接口都校验 IP；只校验获取 access_token 的账号，用 `getAccessToken` 接中控服务器也够。做法见 [公众号](official-account.md)。",
  ],
  40243: [
    "`AppSecret frozen`：AppSecret 已被冻结。",
    "到【微信开发者平台 → 我的业务 → 公众号】或【服务号】【→ 基础信息 → 开发密钥】解冻。",
  ],
  41005: [
    "`media data missing`，缺少媒体数据：微信在表单里没找到文件。多半是中间的代理改了请求体或它的长度。",
    "检查代理和网关：请求体要原样转发，并带 `Content-Length`。",
  ],
  45009: [
    "`reach max api daily quota limit`：这个接口当天的调用额度用完了。",
    "等第二天；或者调 `/cgi-bin/clear_quota` 清零，每个账号每月 10 次。各接口的额度见【微信开发者平台 → 接口管理】。",
  ],
  45074: [
    "`material list size out of limit, you  should delete the useless material`：素材库已满。",
    "删掉不用的永久素材（`/cgi-bin/material/del_material`）。",
  ],
  48001: [
    "`api unauthorized`，接口未授权：这个公众号没有该接口的权限，常见的是未认证。",
    "到【微信开发者平台 → 我的业务 → 公众号】或【服务号】【→ 接口管理】查看接口权限。",
  ],
  50002: ["`user limited`：账号被微信限制。", "登录 mp.weixin.qq.com，看平台通知里写的原因。"],
  50004: [
    "`token api forbidden`：微信不让这个账号获取 access_token。",
    "登录 mp.weixin.qq.com，看平台通知里写的原因。",
  ],
  50007: ["`account frozen`：账号已被冻结。", "登录 mp.weixin.qq.com，看平台通知里写的原因。"],
  89503: [
    "用这个 IP 调用，要先由公众号管理员确认。",
    "微信已经发模板消息给管理员：请他在手机上确认这个 IP，再调一次。",
  ],
  89506: ["管理员拒绝了这个 IP。", "24 小时内这个 IP 都不能用；先和管理员说好，到时再调。"],
  89507: ["管理员拒绝了这个 IP。", "1 小时内这个 IP 都不能用；先和管理员说好，到时再调。"],
  45002: [
    "`content size out of limit`，内容超过限制。图文的正文连同 HTML 标签最多 2 万字符、1 MB。",
    "删短正文或去掉多余的标签、样式；一篇放不下就拆成几篇。",
  ],
  45003: ["`title size out of limit`，标题超过限制：64 个字，草稿 32 个字。", "删短标题。"],
  45004: ["`description size out of limit`，摘要超过限制：120 个字，草稿 128 个字。", "删短摘要。"],
  45008: ["`article size out of limit`，图文篇数超过限制：一次最多 8 篇。", "拆成几次。"],
  45103: [
    "`This API has been unsupported`：微信已下线这个接口。",
    "永久图文素材的接口 2022 年下线，改用草稿（`/cgi-bin/draft/add`）。",
  ],
  45106: [
    "`This API has been unsupported`：微信已下线这个接口（社区反馈：`material/add_news`、`media/uploadnews`）。",
    "永久图文素材的接口 2022 年下线，改用草稿（`/cgi-bin/draft/add`）。",
  ],
  45166: [
    "`invalid content`：正文里有微信不收的东西：指向别的网站的链接、不存在的图文地址、不是微信图床的图片、脚本。",
    "发送前用 `checkArticle` 检查，删掉或换掉。",
  ],
  47001: [
    "`data format error`，解析 JSON/XML 内容错误：字段类型不对，或者不是 UTF-8 的 JSON。",
    "照接口文档核对字段名和类型；中间有代理的，看它有没有改请求体。",
  ],
  48004: [
    "`api forbidden for irregularities`：账号的这个接口被封禁。",
    "登录 mp.weixin.qq.com，看平台通知里写的原因。",
  ],
  53404: ["账号已被限制带货能力。", "去掉图文里的商品，再试。"],
  53405: ["插入的商品信息有误。", "核对商品信息和商品状态，或去掉商品。"],
  53406: ["账号没有开通带货能力。", "去掉图文里的商品，或先开通。"],
  61003: [
    "`component is not authorized by this account`：公众号没有授权给这个第三方平台，或授权已经解除。",
    "请公众号管理员重新授权。",
  ],
  61004: [
    "`access clientip is not registered`：出口 IP 不在第三方平台的白名单里；另一种说法是没有这个接口的权限。",
    "把 IP 加到平台的【白名单IP地址列表】；已经加了，就检查权限集。",
  ],
  61005: [
    "`component ticket is expired`：`component_verify_ticket` 过期。",
    "用最新的一个：微信每 10 分钟推送一次。",
  ],
  61006: [
    "`component ticket is invalid`：`component_verify_ticket` 不对。",
    "用最新的一个：微信每 10 分钟推送一次。",
  ],
  61007: [
    "`api is unauthorized to component`：公众号没有把这个权限集授权给平台。",
    "平台勾选这个权限集，再请管理员重新授权。",
  ],
  61008: ["`component req key is duplicated`：同一个请求已经发过。", "不要重发。"],
  61009: [
    "`code is invalid`：`authorization_code` 不对，或已经用过：只能用一次。",
    "请管理员重新授权，用新的。",
  ],
  61010: ["`code is expired`：`authorization_code` 过期。", "请管理员重新授权，用新的。"],
  61011: ["`invalid component`：没有这个 `component_appid`。", "核对第三方平台的 AppID。"],
  61012: ["`invalid option name`：没有这个选项。", "照文档核对 `option_name`。"],
  61013: ["`invalid option value`：选项不收这个值。", "照文档核对 `option_value`。"],
  61014: [
    "`must use component token for component api`：这个接口要用平台的 `component_access_token`。",
    "换成 `component_access_token`。",
  ],
  61015: [
    "`must use biz account token for not component api`：这个接口要用公众号的 access_token。",
    "换成 `authorizer_access_token`。",
  ],
  61016: [
    "`function category of API need be confirmed by component`：平台要先确认这个权限集。",
    "先调用确认权限集的接口。",
  ],
  61017: [
    "`function category is not authorized`：公众号没有把这个权限集授权给平台。",
    "请管理员重新授权，勾选它。",
  ],
  61018: ["`already confirm`：权限集已经确认过。", "不用再确认。"],
  61019: ["`not need confirm`：权限集不需要确认。", "不用确认。"],
  61020: ["`err parameter`：确认权限集的参数不对。", "照文档核对参数。"],
  61021: ["`can't confirm`：这个权限集不能确认。", "在第三方平台的管理页面看它的状态。"],
  61022: ["`can't resubmit`：不能重复提交。", "不要再提交。"],
  61023: [
    "`refresh_token is invalid`：`authorizer_refresh_token` 不是最新的，或不是这个公众号的。",
    "用最后一次保存的；已经丢失，只能请管理员重新授权。",
  ],
  87014: ["`risky content`：文字或图片违规。", "改掉违规的内容再发。"],
  88000: [
    "`without comment privilege`：账号没有留言功能。",
    "`need_open_comment` 传 0，或者不传。",
  ],
  88001: [
    "`msg_data is not exists`：没有这个 `msg_data_id`，或 `index` 超出篇数（从 0 开始）。",
    "核对两者；`msg_data_id` 来自 `submitPublication`。",
  ],
  88002: ["`the article is limit for safety`：图文被限制。", "看公众平台的通知。"],
  88003: ["`elected comment upper limit`：精选留言已满。", "先把一条精选改为不精选。"],
  88004: ["`comment was deleted by user`：留言已被用户删除。", "重新获取留言列表。"],
  88005: ["`already reply`：这条留言已经回复过。", "要改就先删除原来的回复。"],
  88007: [
    "`reply content beyond max len or content len is zero`：回复为空或太长。",
    "改短，或补上内容。",
  ],
  88008: ["`comment is not exists`：没有这条留言。", "重新获取留言列表。"],
  88009: ["`reply is not exists`：没有这条回复。", "重新获取留言列表。"],
  88010: ["`count range error`：`count` 不在 1 到 50 之间。", "改 `count`。"],
  88011: ["`the article is limit for safety`：图文被限制。", "看公众平台的通知。"],
  89501: ["公众号还有没处理的 IP 确认请求。", "请管理员在手机上确认，再调一次。"],
  89502: ["正在等管理员确认这个 IP。", "请管理员在手机上确认，再调一次。"],
  89504: ["正在等管理员确认这个 IP。", "请管理员在手机上确认，再调一次。"],
  89505: ["正在等管理员确认这个 IP。", "请管理员在手机上确认，再调一次。"],
};

export const chineseGuides: Readonly<Record<string, ChineseErrorGuide>> = {
  MediaError: {
    title: "微信会拒绝的文件",
    about:
      "在发送之前抛出；文件读到一半变了，也抛这个错误。字段：`reason`（`empty`、`name`、`extension`、`format`、`size`、`duration` 或 `changed`）；`expected` 和 `actual` 供人阅读；`answer` 是微信会返回什么（仅限文档写明的）；`option` 是能放开这条限制的选项。",
    cause: "文件超出了接口的限制。",
    cure: "转换、压缩或改名；确认账号能传更大的，就用 `error.option` 放开限制。",
    rows: {
      "The bytes of the file are gone: their ArrayBuffer was transferred, as by postMessage. Pass a copy.":
        [
          "文件的 `ArrayBuffer` 已经被 `postMessage` 或 `structuredClone` 转移走，这边是空的。",
          "转移之前先复制一份，传那一份。",
        ],
      "{loaded} bytes were read, and its size is {size}": [
        "在 Worker 里算摘要时，读到的字节数和文件大小对不上：文件被改写或截断。它接在 `The file could not be read: ` 后面。",
        "等文件写完，重新选择文件。",
      ],
      "The file could not be read: {why}": [
        "文件选好之后被删除、移动或改写，浏览器不让读了。",
        "重新选择文件。",
      ],
      "The file changed while it was read: reading bytes {start} to {end} of {size} returned {byteLength} bytes{…}.":
        [
          "读的过程中文件变了：有程序正在写它，或它被移动、删除。自己写的 `read(start, end)` 少给了字节，也报这个。",
          "等没有程序写它了再传；自己的 `read` 必须正好返回 `end - start` 个字节。",
        ],
      "The file could not be read: {cause}": [
        "文件选好之后被删除、移动或改写，浏览器不让读了。",
        "重新选择文件。",
      ],
      "{address} changed while it was read: it had {expected}, and now has {actual}.": [
        "服务器上的文件在读的过程中换了一版：大小、`ETag` 或 `Last-Modified` 变了，或者文件没了。",
        "重新调用 `createUrlSource`，从头上传。",
      ],
      "{name} is empty: it has 0 bytes.": [
        "文件是 0 字节：没下载完，或者流之前已经被读过。",
        "重新读一遍文件，传完整的内容。",
      ],
      "{name} has {size} bytes; at most {maxBytes} are allowed. Make it smaller, or raise {option}.":
        [
          "文件超过了这个接口文档里的大小限制。微信各处文档的数字不一致，见各包 README 里的 profile。",
          "压缩文件；确认账号能传更大的，就调大报错里写的 `limits` 选项。",
        ],
      "Another name does not help: convert the file, or change limits.extensions.": [
        "文件内容是别的格式，改名没有用。",
        "转换格式；确认微信收这种格式，就改 `limits.extensions`。",
      ],
      'Pass the name alone: createSource(file, { name: "licence.jpg" }).': [
        "文件名里不能有路径和控制字符。",
        "只传文件名。",
      ],
      "The name {…}: call it {repaired}.": [
        "文件名有小毛病：带着路径、引号或网址的参数（`?`、`#`、`!` 之后）、全角的点、末尾的空格或点、百分号编码、`.jfif` 之类 JPEG 的别名，或多了 `.txt`、`(1)`、`副本` 之类的后缀。",
        '照报错里给的名字改：`createSource(file, { name: "licence.jpg" })`。',
      ],
      "It is a data: URL. Decode it first: await (await fetch(dataUrl)).blob().": [
        "内容是 `data:` 网址的文字，不是图片本身。",
        "先 `await (await fetch(dataUrl)).blob()`。",
      ],
      "It is base64 text. Decode it first: Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).": [
        "内容是 base64 文字，不是图片本身。",
        "先解码：`Uint8Array.from(atob(text), (c) => c.charCodeAt(0))`。",
      ],
      "It was read as text: read its bytes.": [
        '文件被当成文字读过（如 `readFile(path, "utf8")`），内容已经坏了。',
        "按字节读：`await readFile(path)`。",
      ],
      "It is a form: pass the file in it.": [
        "传的是整个表单，或它的请求体，不是其中的文件。",
        "先 `await request.formData()`，再传 `form.get(name)`。",
      ],
      "It is a URL: use createUrlSource(url).": [
        "内容是一个网址，不是图片本身。",
        "用 `createUrlSource(url)`，或先下载。",
      ],
      "It is HTML, XML or JSON, such as an error page in its place.": [
        "内容是 HTML、XML 或 JSON：多半是下载图片时存下了报错页。",
        "打开文件看看，重新下载。",
      ],
      '{message} Or set limits to "{profile}", which takes it.': [
        "所选的 profile 或单项限制不允许这个文件，默认的 profile 允许。",
        "去掉 `limits`，或者按报错改成它说的 profile。",
      ],
      "{name} contains {found}; allowed: {limits}. {cure}": [
        "按文件头看，内容不是这个接口收的格式，和后缀无关。",
        "改名没有用：转换格式，或改 `limits.extensions`。",
      ],
      "{name} is named .{extension} but contains {format}. Rename the file, or set limits.contentMatchesExtension to false.":
        [
          "后缀和内容对不上：只改了名，没有转格式。",
          "把后缀改对。微信是否核对两者，文档没有写；要放行就设 `limits: { contentMatchesExtension: false }`。",
        ],
      'The file has no name: createSource(file, { name: "licence.jpg" }).': [
        "`Blob` 和字节数组没有文件名，而微信按后缀认文件。",
        '给一个名字：`createSource(file, { name: "licence.jpg" })`。',
      ],
      "The file name {name} has a path separator or a control character. {cure}": [
        "文件名里有 `/`、`\\` 或控制字符，多半是把整个路径传进来了。",
        "只传文件名，不带路径。",
      ],
      "The file name {name} has half of a surrogate pair. Rename the file.": [
        "文件名里有半个字符（落单的代理项），多半是按长度截断时把 emoji 切成了两半。",
        "改名。",
      ],
      "The file name {name} has a character of 4 bytes in UTF-8, such as an emoji; at most 3 are allowed. Rename the file, or set limits.fourByteNames to true.":
        [
          "文件名里有 emoji 或生僻字，UTF-8 占 4 个字节；微信支付只支持 1 到 3 个字节的字符。",
          "改名；要放行就设 `limits: { fourByteNames: true }`。",
        ],
      "The file name {…}… has {length} characters; at most {maxNameLength} are allowed. Rename the file, or raise limits.maxNameLength.":
        ["文件名太长。", "改短，或调大 `limits.maxNameLength`。"],
      "The file name {…}… has {byteLength} bytes in UTF-8; at most {maxNameBytes} are allowed. Rename the file, or raise limits.maxNameBytes.":
        ["文件名按 UTF-8 算太长，一个汉字占 3 字节。", "改短，或调大 `limits.maxNameBytes`。"],
      "The file name {name} has no extension; allowed: {expected}. {…}": [
        "文件名没有后缀，而微信按后缀认文件。",
        "加上和内容一致的后缀。",
      ],
      "The file name {name} ends in .{extension}; allowed: {expected}. {…}": [
        "这个接口不收这种后缀。",
        "转换格式，或改 `limits.extensions`。",
      ],
      "The stream had {actual}, but {expected} was announced. Nothing was uploaded.": [
        "流的实际字节数或 SHA-256 和传入的 `size`、`sha256` 不一致。上传已中止，微信没有收下文件。",
        "传整个流的 `size` 和 `sha256`。",
      ],
      "{name} {what}: the recording was cut off. Record it again, or set limits.truncatedSound to true.":
        [
          "录音不完整：一个完整的帧都没有，或最后一帧只有一半。",
          "重新录；要放行就设 `limits: { truncatedSound: true }`。",
        ],
      "{name} lasts {2} s; at most {maxSeconds} s are allowed. Shorten it, or raise limits.maxSeconds.":
        ["语音超过了时长限制。", "剪短，或调大 `limits.maxSeconds`。"],
      "{name} could not be read: {why}": [
        '任务里的这张图片读不出来：自己写的 `read` 抛错了，例如下载返回 404。前面的 `images[3]` 或 `images["名称"]` 说明是哪一张。',
        "让这张图片能读到，再带最后的状态运行：已上传的不会再传。",
      ],
      "The file changed while it was uploaded: block {part_num} (bytes {start} to {end}) had the SHA-1 {expected} and now has {part_sha}. Upload the file again, without the checkpoint.":
        [
          "分块上传的过程中文件被改写：这一块的 SHA-1 和开始时算的不一样。",
          "等没有程序写它了，不带断点重新上传。",
        ],
    },
  },
  KeyError: {
    title: "用不了的密钥或证书",
    about: "创建客户端或第一次调用时抛出，什么都还没有发出。报错里不会出现密钥内容。",
    cause: "传错了文件，或复制时内容变了。",
    cure: "到【商户平台 → 账户中心 → API安全】核对，重新复制文件内容。",
    rows: {
      "{seen} In hexadecimal it is {id}.": [
        "序列号是十进制的，Go、Java、PHP 常这样打印；微信要十六进制的。",
        "改成报错里给的十六进制序列号。",
      ],
      "Notifications are encrypted with the APIv3 key, which this client does not have. Pass apiV3Key to createPayClient.":
        ["回调通知用 APIv3 密钥加密，这个客户端没有。", "给 `createPayClient` 传 `apiV3Key`。"],
      "WeChat Pay signed the notification {notificationId}, but apiV3Key does not decrypt it. It is another merchant's, the APIv3密钥 was changed in the merchant platform, or apiV3Key is another secret, such as the key of APIv2.":
        [
          "验签通过了，但用这个 `apiV3Key` 解不开：是别的商户的通知，APIv3 密钥在商户平台改过，或者填成了别的密钥（例如 APIv2 的）。",
          "到商户平台【API安全】核对；改过就用新的。微信支付会重发通知。",
        ],
      'WeChat Pay has no platform certificates for this merchant: {said} Pass its public key instead: platformKeys: [{ platformKeyId: "PUB_KEY_ID_…", key }].':
        [
          "这个商户没有平台证书：新商户只有微信支付公钥，`/v3/certificates` 返回 404 `RESOURCE_NOT_EXISTS` 或空列表。",
          "到【商户平台 → 账户中心 → API安全 → 微信支付公钥】下载公钥、复制公钥 ID，传 `platformKeys`，不用 `apiV3Key`。",
        ],
      "apiV3Key must be a string of {API_V3_KEY_BYTES} bytes, not {…}. It is the APIv3密钥 set in the merchant platform under API安全, not the v2 key.":
        [
          "APIv3 密钥必须正好 32 位。传成了 APIv2 密钥、证书，或前后多了空格、换行。",
          "传在【商户平台 → 账户中心 → API安全】里设置的 APIv3 密钥；忘了就重新设置，旧的立即失效。",
        ],
      "apiV3Key does not decrypt the platform certificates{apiV3Key}: it differs from the one set in the merchant platform, or the reply was changed on the way.":
        [
          "APIv3 密钥解不开平台证书：在商户平台改过密钥，拿了别的商户号的，或传成了 AppSecret、APIv2 密钥；应答中途被改也会这样。",
          "换成现在的 APIv3 密钥；忘了就到【商户平台 → 账户中心 → API安全】重新设置。",
        ],
      "WeChat Pay lists no platform certificate that is still valid. Pass its public key in platformKeys.":
        [
          "微信返回的平台证书都已过期，没有可以用来加密的。",
          "先核对本机时间；没问题就申请微信支付公钥，传给 `platformKeys`。",
        ],
      "{what} is a certificate issued by {…}, not by {wanted}. Pass WeChat Pay's platform certificate; if another CA issues yours, pass its name as certificateIssuer.":
        [
          "证书不是微信支付的 CA（Tenpay.com Root CA）签发的：测试环境的证书，或者是别人伪造的。",
          "传微信支付的平台证书；确实用别的 CA，就把它的名称传给 `certificateIssuer`。",
        ],
      "{what} is a certificate that is signed with its own key, which anybody can make. Pass WeChat Pay's public key (pub_key.pem) or platform certificate.":
        [
          "这是自签名证书，谁都能做一张；微信支付没有这样的证书。",
          "传商户平台下载的公钥 `pub_key.pem`，或微信支付的平台证书。",
        ],
      "{what} is no RSA key that proves anything: its exponent {…}, its modulus {…}. Both must be odd, and the exponent more than 1 and less than the modulus. Pass the file from the merchant platform.":
        [
          "公钥里的数不对：指数为 1 时谁都能伪造签名，指数或模数为偶数时没有人能签名。文件损坏，或者是伪造的。",
          "从商户平台重新下载。",
        ],
      "platformKeys {id} is a certificate that {…}. Pass WeChat Pay's public key (pub_key.pem) or a platform certificate that is valid.":
        [
          "按本机时间，传的平台证书已过期或还没有生效，又没有别的可用。",
          "先核对本机时间；没问题就换成微信支付公钥或新的平台证书。",
        ],
      "platformKeys has {id} twice. Only one key can have that id: leave out the other.": [
        "`platformKeys` 里有两项的 ID 相同，只有一项可能是微信支付的。",
        "去掉多余的一项。",
      ],
      "{what} is not a readable RSA key of at least {MIN_MODULUS_BITS} bits. Pass the file from the merchant platform.":
        [
          "PEM 的头尾都在，中间的内容读不出 RSA 密钥：复制时缺了几行、改了字符，或根本不是 RSA。",
          "从 `apiclient_key.pem`（或 `pub_key.pem`、平台证书）重新复制全文。",
        ],
      "{what} is a {type} CryptoKey for {name} with the usages {…}; it must be for RSASSA-PKCS1-v1_5 with SHA-256, with the usage {usage}.":
        [
          "`CryptoKey` 在导入时就定了算法和用途，这一个不能用来签名或验签。",
          "按 `RSASSA-PKCS1-v1_5`、`SHA-256` 导入，私钥的用途写 `sign`，公钥写 `verify`；或者直接传 PEM。",
        ],
      "{what} is a CryptoKey with the usage {has}, and WebCrypto does not let such a key {usage}. Pass the key as a PEM string.":
        [
          "WebCrypto 的密钥只能做导入时指定的事：签名用的不能解密，验签用的不能加密。",
          "要加解密敏感字段，就传 PEM 字符串。",
        ],
      "{what} is an RSA key of {bits} bits; it must have at least {MIN_MODULUS_BITS}.": [
        "密钥太短，微信支付用的是 2048 位 RSA。多半是自己生成的测试密钥。",
        "用证书工具生成的 `apiclient_key.pem`，或商户平台下载的公钥。",
      ],
      "{what} is {seen}.{…} It must be {wanted}.": [
        "传的是别的东西：报错里写了传的是什么（证书、公钥、文件路径、环境变量名、不完整的 PEM……）和这里要什么。混进了别的字符时，写明第几行第几个字符。",
        "私钥传 `apiclient_key.pem` 的内容；`platformKeys` 传微信支付公钥 `pub_key.pem` 或平台证书，不要放商户自己的私钥。",
      ],
      "{what} must be a PEM string, bytes of PEM or DER, base64 of either, or a CryptoKey, not {value}.":
        ["传的内容里没有密钥：空的，或不是密钥文件。", "传文件的全文或字节。"],
      "Decrypt it first: openssl pkcs8 -topk8 -nocrypt -in encrypted.pem -out apiclient_key.pem.": [
        "私钥带密码保护。",
        "先去掉密码：照报错里的 `openssl pkcs8` 命令做，把文件名换成自己的。",
      ],
      "Convert it: openssl rsa -RSAPublicKey_in -in key.pem -pubout.": [
        "公钥是 PKCS#1 格式（`RSA PUBLIC KEY`）。",
        "照报错里的 `openssl rsa` 命令转换，传转换后的内容。",
      ],
      "Convert it: ssh-keygen -p -m PKCS8 -f key.": [
        "这是 OpenSSH 格式的密钥。",
        "确认是商户的私钥，再照报错里的命令转换；一般应当传 `apiclient_key.pem`。",
      ],
      "Take the key out of it: openssl pkcs12 -in apiclient_cert.p12 -nodes -nocerts.": [
        "传成了 `apiclient_cert.p12`。",
        "传 `apiclient_key.pem`，或照报错里的命令从 `.p12` 里取出私钥。",
      ],
      "platformKeys {id} is the merchant's own key: it verifies what privateKey signs. Pass WeChat Pay's public key (pub_key.pem) or platform certificate.":
        [
          "`platformKeys` 里放的是商户自己的公钥或证书，和 `privateKey` 是一对，微信不会用它签名。",
          "传微信支付公钥 `pub_key.pem` 或平台证书。",
        ],
      "platformKeys {id} is the merchant's own certificate (apiclient_cert.pem). Pass WeChat Pay's public key (pub_key.pem) or platform certificate.":
        [
          "`platformKeys` 里放的是商户自己的证书 `apiclient_cert.pem`。",
          "传微信支付公钥 `pub_key.pem` 或平台证书。",
        ],
      "platformKeys has {platformKeyId}, which is the serialNo too: one of the two is mixed up. serialNo is of the merchant's certificate (apiclient_cert.pem), platformKeys are of WeChat Pay.":
        [
          "`platformKeys` 里的序列号和 `serialNo` 一样：要么放了商户自己的证书，要么 `serialNo` 填成了平台证书的。",
          "`serialNo` 填商户 API 证书的序列号，`platformKeys` 放微信支付公钥或平台证书。",
        ],
      "platformKeys {id} is a public key under the serial number of a certificate. Pass that certificate, or the id PUB_KEY_ID_….":
        [
          "公钥和 ID 不配套：序列号是平台证书的，公钥的 ID 以 `PUB_KEY_ID_` 开头。",
          "传那张平台证书，或把 `platformKeyId` 改成公钥 ID。",
        ],
      "PUB_KEY_ID_… is the id of a public key (pub_key.pem).": [
        "公钥 ID 下放了平台证书。",
        "平台证书的 `platformKeyId` 是它自己的序列号；公钥 ID 配 `pub_key.pem`。",
      ],
      "platformKeyId of a public key must begin with PUB_KEY_ID_. Is PUB_KEY_ID_{digits} meant?": [
        "公钥 ID 少了 `PUB_KEY_ID_`，或拼错了。",
        "照商户平台显示的完整复制。",
      ],
      "ciphertext has {length} characters that are not base64, so WeChat Pay did not encrypt it.": [
        "要解密的字段不是 base64，不是微信支付的密文：可能本来就是明文，或取错了字段。",
        "核对字段名；只有文档标明加密的字段才需要解密。",
      ],
      "privateKey does not decrypt the field: WeChat Pay encrypted it with another certificate than {serialNo}.":
        [
          "敏感字段解不开：微信用的是另一张商户 API 证书的公钥，多半是换证书之前的数据。",
          "用那张证书的私钥解，或用现在的证书重新查询。",
        ],
      "The decrypted field is not text in UTF-8.": [
        "字段解开了，内容却不是 UTF-8 文字：密文不完整，或这个字段不是文字。",
        "核对取的是哪个字段、有没有截断。",
      ],
    },
  },
  PayApiError: {
    title: "微信支付返回了错误",
    about:
      "微信支付返回 `{ code, message, detail }`，状态码不是 2xx。字段：`status`、`apiCode`、`apiMessage`、`detail`、`requestId`（找微信技术支持时要用）、`retryAfter`、`retryable`；401 `SIGN_ERROR` 时还有 `explanation`；别的报错，原因从公开的反馈里能确定的，有 `advice`。下表里是它们的各句话。",
    cause: "微信自己的错误描述（`apiMessage`）说明了原因。",
    cure: "查这个接口文档里的错误码表。",
    rows: {
      "WeChat Pay answered {status} {apiCode}: {apiMessage}{id}{why}": [
        "微信支付的应答：HTTP 状态码、错误码、错误描述，后面是 `Request-ID`；401 `SIGN_ERROR`（`错误的签名,验签失败`）还附带签名错误的分析，有些报错附带处理办法。",
        "按状态码和错误码查接口文档：403 `NO_AUTH` 是没有权限；429 `操作过快,请稍后重试` 是太快，429 `当天上传文件数已达上限` 是当天额度用完；5xx 可以重试，501、505 除外。",
      ],
      "The form came without this part: a proxy or fetch rewrote it, or put its boundary in quotes.":
        [
          "`输入源“/body/file”映射到字段“图片文件”必填性规则校验失败，此字段为必填项`（或 `“/body/meta”`、`媒体文件元信息`）：微信在表单里没找到这一部分。文件那部分没有文件名、`boundary` 带引号、传的是网址或路径而不是图片内容，都会这样。",
          "这个库写的表单没有这些问题：找改写请求体的代理、网关，或自己传的 `fetch`。",
        ],
      "platformKeyId must be of this mchid; until 更换 is pressed, pass apiV3Key too, and encrypt again.":
        [
          "`平台证书序列号Wechatpay-Serial错误`：`platformKeyId` 不是这个商户号的平台证书或微信支付公钥；或者公钥只是申请了，还没有点【更换】，加密接口仍然只认平台证书。",
          "核对公钥 ID 和商户号；到商户平台点【更换】，换好之前同时传 `apiV3Key`，再加密一次：收到这个应答之后，客户端改用平台证书。",
        ],
      "Use encryptSensitive, pass its platformKeyId too, and encode a ciphertext in a path or query.":
        [
          "`平台私钥解密失败`（或 `请确认待处理的消息是否为加密后的密文`）：字段没有加密，或者不是用 `platformKeyId` 的密钥、按 RSAES-OAEP 加密的，例如用了商户自己的证书；密文放在路径或查询串里没有编码，也会这样。`HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)` 是没说用哪个密钥加密的。",
          "每个敏感字段都用 `encryptSensitive` 加密，并传它返回的 `platformKeyId`；放在路径里就用 `encodeURIComponent`。",
        ],
      "A proxy or fetch removed these headers.": [
        "`Http头缺少Accept或User-Agent`：库发了这两个请求头，被代理或自己传的 `fetch` 去掉了。",
        "检查代理、网关和自己的 `fetch`：请求头要原样转发。",
      ],
      "The file was changed on the way, or sha256 is another's.": [
        "`图片sha256值有误`：微信收到的文件和签名里的摘要对不上。",
        "传流时核对 `sha256` 是不是这个文件的；否则找改写请求体的代理。",
      ],
      "Check mchid and 产品中心 in the merchant platform; a sub-merchant cannot call.": [
        "`NO_AUTH`（`商户权限异常`、`商户号该产品权限未开通`，或 `PARAM_ERROR` 的 `商户没有权限`）：这个商户号没有开通这个产品。",
        "核对 `mchid`；到【商户平台 → 产品中心】开通。特约商户、二级商户不能自己调，要由服务商调。",
      ],
      "The {what} differs: {…} was signed, the server saw {…}.": [
        "签名时的请求方法、路径、时间戳、随机串或请求体，和微信看到的不一样：前一个值是签名时的，后一个是微信看到的。",
        "两边的值对着看，找中间改请求的代理或网关。",
      ],
      "The length differs: {length} bytes were signed, the server saw {length}.": [
        "请求体开头一样，长度不一样：前一个是签名时的字节数，后一个是微信看到的。",
        "找改写请求体的代理，例如重新排版 JSON 的网关。",
      ],
      "The reply does not show what the server saw. Possible causes:": [
        "微信没有返回它的验签串，只能列出可能的原因，最可能的在前。",
        "照后面列出的逐条排查。",
      ],
      "What the server shows is the same as what was signed{…}. Possible causes:": [
        "验签串两边一样，问题多半在密钥；请求体 8 个字节之后的内容微信不显示，也可能变了。",
        "先核对私钥和证书序列号是不是一对。",
      ],
      "privateKey may not belong to serialNo: compare openssl x509 -in apiclient_cert.pem -noout -serial.":
        [
          "私钥和证书序列号可能不是一对。",
          "用报错里的 openssl 命令看 `apiclient_cert.pem` 的序列号，和 `serialNo` 对照；私钥、证书是否一对，见 [微信支付](wechat-pay.md) 里的 openssl 命令。",
        ],
      "serialNo must be the serial number of the merchant API certificate of this mchid.": [
        "微信不认这个证书序列号（`商户证书序列号有误。`）：填成了平台证书的、别的商户号的，或抄错了。",
        "到【商户平台 → 账户中心 → API安全 → API证书】查看商户 API 证书的序列号。",
      ],
      "This mchid has no merchant API certificate: check mchid, or apply for one in the merchant platform.":
        [
          "微信支付没有这个商户号的商户 API 证书：商户号填错，或还没有申请证书。",
          "核对 `mchid`；没有证书就到【商户平台 → 账户中心 → API安全】申请。",
        ],
      "The merchant API certificate has expired: renew it, and use the new privateKey and serialNo.":
        [
          "商户 API 证书已过期。",
          "到【商户平台 → 账户中心 → API安全 → API证书】更换，再换上新的 `privateKey` 和 `serialNo`。",
        ],
      "The merchant API certificate was revoked: use the new privateKey and serialNo.": [
        "商户 API 证书已被作废。",
        "换成现在有效的那张证书的 `privateKey` 和 `serialNo`。",
      ],
      "The merchant API certificate was replaced: use the new privateKey and serialNo.": [
        "商户 API 证书已经更换，这一张不再有效。",
        "换上新证书的 `privateKey` 和 `serialNo`。",
      ],
      "The merchant has no APIv3 key yet: set it in the merchant platform under API安全.": [
        "商户还没有设置 APIv3 密钥。",
        "到【商户平台 → 账户中心 → API安全】设置 APIv3 密钥。",
      ],
      "Something changed the body on the way: look for a proxy that rewrites it.": [
        "请求体在路上被改了。",
        "检查代理和网关：有没有重新排版 JSON、改编码、加减空白。",
      ],
      "The server found no body: look for a proxy that rewrites it, or turns meta into a file.": [
        "微信没看到签名用的内容：代理丢了请求体，或把表单里的 `meta` 变成了文件。",
        "检查代理；`meta` 必须是普通的表单字段，没有 `filename`。",
      ],
      "Something changed the path on the way: look for a proxy that rewrites it.": [
        "请求路径在路上被改了。",
        "检查反向代理：有没有加前缀、去前缀或解码路径。",
      ],
      "Something changed the query on the way: look for a proxy that rewrites it.": [
        "查询串在路上被改了。",
        "检查反向代理：有没有重新编码参数、调换顺序。",
      ],
      "Something changed the method on the way: look for a proxy that rewrites it, or a redirect.":
        ["请求方法在路上被改了，例如重定向把 POST 变成 GET。", "检查代理和重定向。"],
      "Something changed Authorization on the way: look for a proxy that rewrites it.": [
        "时间戳或随机串和签名时的不一样：`Authorization` 头在路上被改了。",
        "检查代理有没有改写请求头，或重放旧请求。",
      ],
      "{here}; the reply has no Date header.": [
        "微信认为签名的时间戳差得太多；应答没有 `Date` 头，不知道差多少。",
        "照后面的话对时。",
      ],
      "{here}, the server's says {theirs}: this machine is {off} seconds {…}.": [
        "本机时钟和微信的差得太多：`slow` 是慢了，`fast` 是快了。",
        "照后面的话对时。",
      ],
      "Set this machine's clock (NTP): WeChat Pay allows a difference of 5 minutes.": [
        "本机时间和微信相差超过 5 分钟，报错里有两边的时间和相差的秒数。",
        "用 NTP 校准本机时间。",
      ],
      "A download_url is valid for 5 minutes, by older documents for 30 seconds: ask for a new one.":
        [
          "`download_url` 已失效：有效期 5 分钟，旧文档写的是 30 秒。",
          "重新申请账单，拿到 `download_url` 后马上下载。",
        ],
      "Only the merchant that asked for the download_url may use it.": [
        "申请账单的商户号和下载的商户号不是同一个。",
        "用申请时的那个客户端下载。",
      ],
    },
  },
  MessageError: {
    title: "不是微信发来的消息",
    about:
      "由 `@wechat-edge/core/mp-messages` 的 `readMessage` 和 `readVerification` 抛出：请求不是微信发给这个公众号的，或不能读取。字段：`reason`（`too-large`、`query`、`signature`、`stale`、`not-encrypted`、`decryption`、`appid` 或 `malformed`）。`answerMessage(mp, { error })` 应答 403，报文为空。",
    cause: "发到这个地址的请求不是微信发的。",
    cure: "把公众平台的“服务器配置”（URL、令牌、消息加解密密钥、消息加解密方式）和客户端的选项逐项核对。",
    rows: {
      "The push is not encrypted, and those of WeChat to a platform always are: it is not from WeChat.":
        [
          "推送没有加密，而微信给第三方平台的推送都加密：不是微信发的。",
          "应答 403。自己测试的话，用模拟器的 `mpPlatforms.push`。",
        ],
      "The push has no InfoType. Messages to an account that has authorized the platform go to another address (消息与事件接收配置), and readMessage reads them.":
        [
          "推送里没有 `InfoType`：是公众号的消息或事件，发到了授权事件的地址。",
          "公众号的消息用另一个地址（消息与事件接收配置）接收，用 `readMessage` 读取。",
        ],
      "The body of the request has more than {MAX_BODY_BYTES} bytes. Pushes of WeChat are far smaller, so it is something else.":
        ["请求体超过 1 MiB，微信的推送没有这么大。", "应答 403。"],
      "msg_signature is not that of this message. The request is forged or was changed on the way, or the token (令牌) is not the one that was set where WeChat has this address.":
        [
          "消息的签名不对：请求是伪造的、途中改过，或令牌和公众平台的不一致。",
          "核对 `messageToken` 和“服务器配置”里的令牌。",
        ],
      "The message is for {foreign}, not for {appid}. Messages that a third-party platform receives are encrypted for the platform: pass its AppID as messageAppid.":
        [
          "消息是发给另一个 AppID 的：由第三方平台代收，或两个公众号填了同一个地址。",
          "代收的消息，`messageAppid` 传第三方平台的 AppID；每个公众号用单独的地址。",
        ],
      "The message is signed with the token, but no encodingAESKey decrypts it. It was changed where WeChat has this address, or belongs to something else that has the same token. While the key is being changed, pass [current, previous].":
        [
          "签名通过，但密钥解不开：公众平台换过密钥，或另一个应用用了同样的令牌。",
          "核对 `encodingAESKey`；更换期间传 `[新密钥, 旧密钥]`。",
        ],
      "{byteLength} bytes are neither the XML nor the JSON of a message: WeChat sends <xml> with elements, texts and CDATA, in UTF-8.":
        [
          "报文不是微信消息的 XML 或 JSON，或不是 UTF-8。",
          "不用处理；若是自己转发的，原样转发字节。",
        ],
      "The request was signed {skew} seconds before the time of this machine. Somebody sent an old one again, it lay in a queue (read it when it arrives), or the clock of this machine is fast; maxAge allows more.":
        [
          "请求签名的时间太早：有人重放、在队列里放久了，或本机时钟快了。",
          "收到就读取，再放进队列；校准时钟。确实要放宽，传 `maxAge`。",
        ],
      "The request was signed after the time of this machine, or its timestamp is not in Unix seconds. The clock of this machine is slow, or somebody else has the token.":
        [
          "请求签名的时间比本机时钟还晚，或 `timestamp` 不是秒数：本机时钟慢了，或令牌已经泄露。",
          "校准时钟；时钟没有问题就更换令牌。",
        ],
      "The body of the request has more than {MAX_BODY_BYTES} bytes. Messages of WeChat are far smaller, so it is something else.":
        ["请求体超过 1 MiB；微信的消息只有几千字节，所以不是它发的。", "不用处理。"],
      "The address has {name} more than once: it is not from WeChat, or something on the way appended it.":
        [
          "地址里有重复的参数：不是微信发的，或途中的网关又加了一遍。",
          "检查网关和反向代理有没有重复拼接查询串。",
        ],
      "The message is in clear text, and this client reads encrypted ones only, because it has an encodingAESKey. Somebody forged it, or the platform (消息加解密方式) is still set to 明文模式.":
        [
          "消息是明文的，而客户端传了 `encodingAESKey`，只读加密的：消息是伪造的，或公众平台还是明文模式。",
          "把“消息加解密方式”改成安全模式；要用明文模式就不要传 `encodingAESKey`。",
        ],
      "The request lacks MsgType, FromUserName or CreateTime, so it is no message. Its fields: {…}.":
        [
          "缺 MsgType、FromUserName 或 CreateTime，不是消息。",
          "第三方平台的 ticket 等推送不是消息，用单独的地址接收。",
        ],
      "The address has no {name}: the request is not from WeChat, or something on the way dropped its query. Pass the address as it was asked for, with its query.":
        [
          "地址里缺这个参数：不是微信发的，或查询串在途中丢了。",
          "传带查询串的完整地址；Express 用 `request.originalUrl`。",
        ],
      "signature is not that of this request. It is forged or was changed on the way, or messageToken is not the Token (令牌) that was set where WeChat has this address.":
        [
          "`signature` 不对：请求是伪造的、途中改过，或令牌和公众平台的不一致。",
          "核对 `messageToken` 和“服务器配置”里的令牌。",
        ],
    },
  },
  NotificationError: {
    title: "不能使用的回调通知",
    about:
      "由 `@wechat-edge/core/pay-notifications` 的 `readNotification` 抛出：请求太大，或者确由微信支付签名但仍不能使用。字段：`reason`（`too-large`、`not-json`、`not-a-notification`、`algorithm`、`resource` 或 `merchant`）；`notificationId`。`answerNotification(error)` 应答 400。",
    cause: "发到通知地址的是别的请求。",
    cure: "核对哪个接口填了哪个 `notify_url`。",
    rows: {
      "The body of the request has more than {MAX_BODY_BYTES} bytes. Notifications of WeChat Pay are far smaller, so it is something else.":
        [
          "请求体超过 1 MiB；微信支付的回调通知只有几千字节，所以不是它发的。",
          "按失败应答，不用处理。",
        ],
      "WeChat Pay signed the request, but its body of {byteLength} bytes is not a JSON object.": [
        "验签通过了，但请求体不是 JSON 对象。",
        "核对哪个接口填了这个 `notify_url`。",
      ],
      "WeChat Pay signed the request, but it is no notification: it lacks id, event_type or resource. Its fields: {…}.":
        [
          "验签通过了，但缺少 `id`、`event_type` 或 `resource`，不是回调通知；末尾列出了它有的字段。",
          "核对哪个接口填了这个 `notify_url`。",
        ],
      "The resource of the notification {notificationId} is encrypted with {algorithm}; only {ALGORITHM} can be decrypted.":
        [
          "`resource` 用别的算法加密，例如国密 `AEAD_SM4_128_GCM`；这里只支持 `AEAD_AES_256_GCM`。",
          "请微信支付改用 RSA 和 AES。",
        ],
      "The resource of the notification {notificationId} lacks a nonce, or a ciphertext in base64.":
        ["`resource` 里没有 `nonce`，或 `ciphertext` 不是 base64。", "记下通知 ID，联系微信支付。"],
      "The resource of the notification {notificationId} was decrypted, but its {byteLength} bytes are not a JSON object.":
        ["`resource` 解密成功，但内容不是 JSON 对象。", "记下通知 ID，联系微信支付。"],
      "The notification {id} is about the merchant {…}, and the client is that of {mchid}. If one address serves several merchants, read it with the client of that merchant; to take it all the same, pass anyMerchant: true.":
        [
          "通知里的商户号不是这个客户端的：几个商户用了同一个 `notify_url` 和同一个 APIv3 密钥。",
          "换成那个商户的客户端来读；确实要收，传 `anyMerchant: true`。",
        ],
    },
  },
  SignatureError: {
    title: "应答或回调通知没有通过验签",
    about:
      "微信支付的 2xx 应答只有验签通过才会返回给你，回调通知只有验签通过才会读出。字段：`reason`（`missing`、`unknown-serial`、`stale`、`mismatch`、`malformed` 或 `replayed`，回调通知还有 `wrong-key`、`rewritten`、`algorithm`）；`platformKeyId` 是应答写明的平台证书序列号或公钥 ID；`probe` 为 `true`，表示这是微信故意发的错误签名，用来探测商户有没有验签，再调一次即可。",
    cause: "本机和微信之间有东西改了应答，或者应答是伪造的。",
    cure: "检查 `baseUrl` 和网络。不要相信这个应答。",
    rows: {
      "The notification is a probe: WeChat Pay made its signature wrong on purpose (WECHATPAY/SIGNTEST/). Refuse it as any other wrong signature, and WeChat Pay sends the notification again.":
        [
          "这是签名探测流量：签名以 `WECHATPAY/SIGNTEST/` 开头，微信支付故意签错，看商户有没有验签。",
          "和其他验签失败一样应答 4xx，微信支付会重发通知；不用告警。",
        ],
      "The reply has the Wechatpay-Nonce of an earlier one: somebody sent that one again, or a cache answered.":
        [
          "这份应答以前来过：协议不说明应答对应哪个请求，有人录下来重放，或者代理缓存了应答。",
          "让代理不要缓存应答。这次请求微信可能已经执行，先查再重发。",
        ],
      "The reply is signed with the platform certificate {platformKeyId}, which {…}.": [
        "签名用的平台证书不在有效期内：证书五年到期，微信支付不会用过期的签名；或者本机时间不对。",
        "先核对本机时间；没问题就传 `apiV3Key`，或在 `platformKeys` 里换成新的证书或公钥。",
      ],
      "The request has no {…}, and its body is XML: a notification of APIv2, which readNotification does not read.":
        [
          "请求体是 XML：这是 APIv2 的通知，签名方式不同。",
          "APIv2 的接口换一个 `notify_url`，另外处理。",
        ],
      "The request has no {…}: it is not from WeChat Pay, or a proxy, a gateway or your own code dropped the header or sent it twice.":
        [
          "缺少列出的签名头（或同一个头有两个值）：不是微信支付发的，或者代理、网关、自己的代码丢了这些头。",
          "谁都可以往通知地址发请求，按失败应答即可；如果确是微信支付发的，让代理原样转发 `Wechatpay-*` 头。",
        ],
      "The notification names the key {id}, which is the merchant's own certificate (serialNo), not a key of WeChat Pay.":
        [
          "通知写的序列号是商户自己的 API 证书，不是微信支付的：请求是自己的程序造的，或是伪造的。",
          "不要相信这个通知。",
        ],
      "The notification is signed with {id}, and the platform certificates could not be downloaded: {message}":
        [
          "要下载平台证书才能验签，但下载失败，末尾是原因。`answerNotification(error)` 应答 500，微信支付会重发。",
          "按末尾的原因处理。",
        ],
      "The notification is signed with the public key {id}; this client knows {known}. If the merchant platform shows it under API安全, add it to platformKeys.":
        [
          "签名用的微信支付公钥，客户端没有；切换到公钥的过程中会这样。",
          "在商户平台【API安全】核对公钥 ID，是微信的就加进 `platformKeys`。",
        ],
      "The notification is signed with the platform certificate {id}, which {…}. WeChat Pay signs with valid ones alone: the request is forged, or the clock of this machine is wrong.":
        [
          "`platformKeys` 里手工传的平台证书不在有效期内，而通知是用它签的。",
          "先核对本机时间；时间没错就按失败应答，并在 `platformKeys` 里换成新的证书或公钥。",
        ],
      "The notification is signed with the certificate {id}; this client knows {known}. WeChat Pay lists no such certificate for this merchant, or the list was downloaded less than a minute ago.":
        [
          "签名用的平台证书不在微信支付列出的证书里，或者一分钟内刚下载过证书列表。多半是伪造的请求。",
          "按失败应答；证书是新的话，微信支付下次重发时就能找到。",
        ],
      "The notification was signed {skew} seconds before the time of this machine (Wechatpay-Timestamp {timestamp}); at most 300 are allowed. Somebody sent an old one again, it lay in a queue (read it when it arrives), or the clock of this machine is fast.":
        [
          "签名时间比本机早 5 分钟以上：有人重放旧通知，通知在队列里放久了，或者本机时间快了。",
          "收到通知马上验签，再放进队列；用 NTP 校准本机时间。",
        ],
      "The notification was signed {…} seconds after the time of this machine (Wechatpay-Timestamp {timestamp}); at most 300 are allowed. The clock of this machine is slow.":
        ["签名时间比本机晚 5 分钟以上：本机时间慢了。", "用 NTP 校准本机时间。"],
      "The signature of the notification has {…} characters that are not base64.": [
        "通知的签名不是 base64：不是微信支付发的，或头被改了。",
        "按失败应答。",
      ],
      "The Wechatpay-Timestamp of the notification is not in Unix seconds: it is not from WeChat Pay, or your code mixed up its headers.":
        [
          "通知的时间戳不是秒数：不是微信支付发的，或者自己的代码把几个头弄混了。",
          "检查取请求头的代码。",
        ],
      "The notification is signed with {…}; only WECHATPAY2-SHA256-RSA2048 can be verified.": [
        "签名用的是别的算法，例如国密 SM2；这里只支持 `WECHATPAY2-SHA256-RSA2048`。",
        "请微信支付改用 RSA。",
      ],
      "The signature of the notification does not match its body under the platform key {id}. The request is forged, something changed the body or the headers on the way, or platformKeys has another key under that id.":
        [
          "验签失败：请求是伪造的，请求体或请求头在路上被改了，或者 `platformKeys` 里这个 ID 下放的是别的密钥。",
          "核对 `platformKeys`；都对，就不要相信这个通知。",
        ],
      "The notification names the platform key {id}, but its signature is that of {other}: the two are mixed up in platformKeys.":
        [
          "通知写的是一个 ID，签名却是另一个密钥的：`platformKeys` 里两个密钥放反了。",
          "到商户平台逐个核对 ID 和密钥。",
        ],
      "platformKeys has the merchant's own key under {id}. Pass WeChat Pay's public key or platform certificate.":
        [
          "`platformKeys` 里放的是商户自己的公钥或证书，不是微信支付的。",
          "换成商户平台【API安全】里下载的微信支付公钥，或平台证书。",
        ],
      "The notification is signed with the merchant's own private key, not by WeChat Pay.": [
        "签名是用商户自己的私钥做的，不是微信支付签的。",
        "不要相信这个通知；测试用模拟器的 `control.notify`。",
      ],
      'WeChat Pay signed this notification, but {how} before it came here. Pass the raw bytes: in Express, use express.raw({ type: "*/*" }) for this route instead of express.json().':
        [
          "确是微信支付签的，但请求体到这里之前被改过：JSON 解析后又重新生成，加了 BOM 或换行，或用错了编码。",
          '在 Express 里，这个路由用 `express.raw({ type: "*/*" })`，不要用 `express.json()`；其他框架见[框架](frameworks.md)。',
        ],
      "{message} WeChat Pay may have carried out the request: check {lookAt} before you repeat it.":
        [
          "应答不可信，但请求可能已经执行了。",
          "先用查询接口（GET）看这个请求要改的东西变了没有，再决定要不要重发。",
        ],
      "{message} The reply was discarded.": [
        "验签没有通过，应答已丢弃；前半句是具体原因，见下面几行。",
        "按前半句处理。",
      ],
      "The reply lacks a header Wechatpay-Timestamp, -Nonce, -Signature or -Serial: it is not from WeChat Pay, a proxy removed the header, or it is a file (see downloadPayFile).":
        [
          "状态码是成功，却缺少 `Wechatpay-*` 签名头：不是微信支付的应答，或代理去掉了这些头，或下载的是文件（账单、图片），微信支付不给文件签名。",
          `${CHECK_WAY}代理要原样转发 \`Wechatpay-*\` 头。下载文件用 \`downloadPayFile\`。`,
        ],
      "The reply is signed with the public key {id}, and this client has no public key: the merchant has switched. Download it in the merchant platform (账户中心 → API安全), and add it to platformKeys.":
        [
          "商户已经切换到微信支付公钥，客户端却只配了平台证书。",
          "到【商户平台 → 账户中心 → API安全 → 微信支付公钥】下载公钥、复制公钥 ID，加进 `platformKeys`。",
        ],
      "The reply is signed with the platform certificate {id}, and this client has public keys only. WeChat Pay has carried out the request. Most likely the merchant has not pressed 更换 yet: press it in the merchant platform (账户中心 → API安全), or pass apiV3Key beside the public key.":
        [
          "申请了微信支付公钥，但还没有在商户平台点【更换】，微信仍然用平台证书签名。请求微信已经处理了。",
          "到【账户中心 → API安全】点【更换】；或者把 `apiV3Key` 和公钥一起传，客户端会下载平台证书。",
        ],
      "The reply is signed with the platform key {id}; this client knows {…}. If the key is WeChat Pay's, add it to platformKeys, or pass apiV3Key.":
        [
          "微信用来签名的平台证书或公钥，客户端没有：正在从平台证书切换到微信支付公钥，或平台证书刚轮换。应答确是微信的话，请求已经执行。",
          "在商户平台核对这个序列号或公钥 ID；是微信的，就加进 `platformKeys`，或传 `apiV3Key` 让客户端自己下载。切换期间两个都传。",
        ],
      "Its download failed: {…}.": [
        "签名用的平台证书，客户端想自己下载，没下载成；原因在后面，多半是 `apiV3Key` 不对。",
        "按后面的原因处理：核对 `apiV3Key`，或把平台证书加进 `platformKeys`。",
      ],
      "The Wechatpay-Timestamp of the reply is {timestamp}; it must be Unix seconds.": [
        "应答的时间戳不是秒数：不是微信支付的应答，或头被改了。",
        CHECK_WAY,
      ],
      "The reply was signed {skew} seconds {…} the time of this machine (Wechatpay-Timestamp {timestamp}); at most {MAX_SKEW_SECONDS} are allowed. Check the clock.":
        [
          "应答的签名时间和本机相差超过 5 分钟（`before` 是早于本机，`after` 是晚于本机）：本机时间不准，或有人重放旧应答。",
          "用 NTP 校准本机时间；时间没问题，就不要相信这个应答。",
        ],
      "The signature of the reply has {length} characters that are not base64.": [
        "应答的签名不是 base64：不是微信支付的应答，或头被改了。",
        CHECK_WAY,
      ],
      "The signature of the reply does not match its body under the platform key {platformKeyId}.{…}":
        [
          "用这个平台证书或公钥验签失败：应答被改过，或 `platformKeys` 里这个 ID 下放的是另一个公钥。",
          "核对公钥 ID 和公钥是否对应；再查代理有没有改写应答，例如重新排版 JSON、转编码。",
        ],
    },
  },
  MpApiError: {
    title: "公众号接口返回了错误码",
    about:
      "微信返回的 `errcode` 不是 0。字段：`errcode`、`errmsg`、`rid`（找微信技术支持时要用）、`hint`、`endpoint`、`ip`（40164 才有）和 `retryable`。遇到下表的 `errcode`，报错末尾会附上英文提示。",
    cause: "`errcode` 说明了原因。",
    cure: "表里没有的，查微信文档的[全局返回码](https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html)。access_token 相关的 40001（`invalid credential, access_token is invalid or not latest`）、40014（`invalid access_token`）、42001（`access_token expired`）由客户端自动处理，一般看不到；45011（`api minute-quota reach limit, must slower, retry next minute`，调用太快）等一会儿自动重试，-1（`system error`，系统繁忙）在重发没有副作用时自动重试。",
    rows: {
      "The quota was reset ten times this month, here or in the platform: wait until tomorrow.": [
        "48006：本月的十次清零机会已经用完，在平台上点的也算。",
        "等第二天，额度自动恢复。",
      ],
      "The token belongs to another account than the appid of the client.": [
        "49001：access_token 不是客户端这个 `appid` 的。",
        "让 `getAccessToken` 返回这个账号的 access_token。",
      ],
      "cgi_path is the path of a call, such as /cgi-bin/media/upload.": [
        "76003：`cgi_path` 要以 `/` 开头，不带域名。",
        "照例子写。",
      ],
      "WeChat knows no call of this cgi_path.": ["76021：没有这个接口。", "照接口文档核对路径。"],
      "The account has no right to this call (reported), it is one of /sns/, which are not counted, or its quota was reset fifty times this month.":
        [
          "76022：账号没有这个接口的权限（社区反馈），或者是不计额度的 `/sns/` 接口，或者这个月已经清零过五十次。",
          "到【微信开发者平台】查看接口权限。",
        ],
      "WeChat has no such rid, or it is older than 7 days.": [
        "76001：没有这个 `rid`，或者超过 7 天。",
        "用最近 7 天的报错里的 `rid`。",
      ],
      "Pass the rid of an error as it is: error.rid.": [
        "76002：`rid` 格式不对。",
        "原样传 `error.rid`。",
      ],
      "This rid belongs to a call of another account.": [
        "76003：这个 `rid` 是别的账号的。",
        "用那个账号的客户端查。",
      ],
      "The account has no comments (留言功能), so none can be switched.": [
        "88000：账号没有留言功能，没有可开关的。",
        "在公众平台确认账号有没有留言功能。",
      ],
      "WeChat has locked the comments of this article for safety: nobody can open them.": [
        "88002、88011：图文的留言因安全原因被限制。",
        "不能打开。",
      ],
      "Let an administrator of {appid} authorize the platform again: createPreAuthCode, authorizationUrl, and queryAuth with the code that WeChat sends.":
        [
          "第三方平台没有这个公众号的授权。这句接在别的报错后面。",
          "让公众号的管理员重新授权：`createPreAuthCode` 取预授权码，`authorizationUrl` 生成授权链接，授权后用 `queryAuth` 换取并保存它的凭据。",
        ],
      "The account has withdrawn its authorization, or never gave it. {appid}": [
        "61003：公众号取消了对第三方平台的授权，或从未授权。",
        "让管理员重新授权。",
      ],
      "WeChat has no other refresh token of {appid} either (api_get_authorizer_list). {appid}": [
        "61023：`authorizer_refresh_token` 无效；去微信的授权列表里找，也没有别的。",
        "让管理员重新授权。",
      ],
      "Another program may have taken the next one. The list of WeChat (api_get_authorizer_list), which has it, could not be read: see cause, and try again.":
        [
          "61023：`authorizer_refresh_token` 无效，可能被别的程序换过；授权列表里有新的，但这次没有读到。",
          "看 `cause` 是什么原因，过一会儿再试。",
        ],
      "WeChat refused two component_access_tokens of {appid}, one after the other, so another program must be taking new ones. Let all programs of the platform share one tokenStore.":
        [
          "`component_access_token` 被拒，换了新的，还是被拒：别的程序也在获取，把它换掉了。",
          "同一个第三方平台的所有程序用同一个 `tokenStore`。",
        ],
      "WeChat pushes one to the address for authorization events (授权事件接收配置) every ten minutes: pass what arrives there to readPlatformPush, in any process that shares the tokenStore. If none arrives, call startPushTicket.":
        [
          "缺少 `component_verify_ticket`。这句接在别的报错后面。",
          "微信每 10 分钟向“授权事件接收配置”的地址推送一次，收到后交给 `readPlatformPush`；一直没有，就调用 `startPushTicket`。各进程要用同一个 `tokenStore`。",
        ],
      "The ticket is wrong or too old. {NEXT_TICKET}": [
        "61005、61006：`component_verify_ticket` 过期或无效。",
        "等下一次推送，最多 10 分钟。",
      ],
      "WeChat answered {errcode} to {endpoint}: {errmsg}{id}.{…}": [
        "公众号接口的应答：`errcode`、接口路径、`errmsg`，括号里是 `rid`，最后是处理提示。",
        "按 `errcode` 查上表和全局返回码；7 天之内可以用 `/cgi-bin/openapi/rid/get` 按 `rid` 查请求详情。",
      ],
      "The token was replaced, but a stream can be sent only once: call again with the file.": [
        "access_token 在上传途中失效，新的已经取好，但流只能读一次，没法自动重传。",
        "带上文件再调一次。要自动重传，就传 `Blob`、`File` 或能重复读的文件。",
      ],
      "A new token can be forced once in 30 seconds and 20 times a day: try again later.": [
        "稳定版接口的强制刷新有限制：间隔 30 秒，每天 20 次。",
        "过一会儿再试；反复出现，就查是谁在强制刷新。",
      ],
      "WeChat returned the same token that it had refused. {…}{later}": [
        "access_token 被拒（40001、40014、42001），重新获取，拿到的还是同一个。",
        "看后半句的原因。",
      ],
      "WeChat refused two different tokens, one after the other. {…}": [
        "access_token 被拒（40001、40014、42001），换了新的，还是被拒。",
        "看后半句的原因。",
      ],
      "Either getAccessToken returns tokens of another account than {appid}, or another program requests new tokens, and each new token invalidates the one before. Check which account these tokens belong to, and which programs request tokens.":
        [
          "`getAccessToken` 返回的是别的公众号的 access_token，或者另有程序在获取新的，把旧的顶掉了。",
          "核对中控服务器返回的是哪个 AppID 的；停掉其他获取 access_token 的程序。",
        ],
      '{own}, so another program must be requesting new tokens (/cgi-bin/token), and each new token invalidates the one before. Let one process alone request tokens, or use token: "stable".':
        [
          "access_token 是用这个 AppID 自己的 AppSecret 取的，却被拒：另有程序也在调 `/cgi-bin/token`，互相顶掉。",
          '只留一个程序获取 access_token，或改用稳定版：`token: "stable"`。',
        ],
      "{own}, and /cgi-bin/token does not affect it, so another program must be forcing new tokens (force_refresh of /cgi-bin/stable_token), and each new token invalidates the one before.":
        [
          "用的是稳定版，`/cgi-bin/token` 影响不到它：另有程序在用 `force_refresh` 强制刷新 `/cgi-bin/stable_token`。",
          "找到那个程序，去掉 `force_refresh`。",
        ],
      "WeChat could not read the JSON. A proxy between here and WeChat may have changed it or its encoding.":
        [
          "微信解析不了 JSON：中间的代理可能改了内容或编码。",
          "检查代理；请求体要按 UTF-8 原样转发。",
        ],
      "thumb_media_id must come from addMaterial, not from a temporary upload; a new one is reported to work only after some seconds. The media_id of a draft ends when the draft is published or deleted.":
        [
          "草稿接口返回 40007。新增或更新草稿时是封面的 `thumb_media_id` 不对：用了临时素材，或永久素材刚传完还没生效。按 `media_id` 查草稿时，是草稿已发布或已删除。",
          "封面用 `addMaterial` 传成永久素材；刚传的等几秒再试。",
        ],
      "WeChat opens the publish library (媒体API) only to accounts that have applied for it. Other accounts publish with addDraft and submitPublication.":
        [
          "48001：发布库（媒体 API）只对申请开通的公众号开放。",
          "没有开通就走草稿：`addDraft`，再 `submitPublication`。",
        ],
      "The 200 articles or the calls of this day are used up; deleting articles does not restore them.":
        ["45009：发布库当天的 200 篇或调用额度用完了，删掉图文也不会还回来。", "等第二天。"],
      "This account has no such article, cover or picture: the media_id belongs to another account, or was deleted.":
        [
          "40007：这个公众号没有这篇图文、封面或图片，`media_id` 是别的公众号的，或已删除。",
          "核对 `media_id` 和公众号；封面、图片重新上传。",
        ],
      "The article has been submitted and cannot be changed any more. queryNews shows its status.":
        ["这篇图文已经提交，不能再改。", "用 `queryNews` 看状态；要改就另发一篇。"],
      "openid must be that of a follower of this account: openids differ from account to account.":
        [
          "40003：预览的 `openid` 不对。同一个人在每个公众号的 openid 都不同。",
          "用这个公众号的粉丝的 openid。",
        ],
      "The draft is not in 草稿箱: it was published or deleted, or media_id is not that of a draft.":
        [
          "40007：要预览的草稿不在草稿箱里，或 `media_id` 不是草稿的。",
          "传 `addDraft` 返回的 `media_id`；草稿不在了就重新新增。",
        ],
      "wxname must be the 微信号 of the user, as WeChat shows it on the user's page, not the nickname.":
        ["40132：`wxname` 不是微信号。", "传微信号，不是昵称。"],
      "The user must follow the account. Then call it again.": [
        "43004：对方没有关注公众号。",
        "先关注，再预览。",
      ],
      "WeChat sends at most 100 previews a day by 微信号. Use an openid, or wait for the next day.":
        ["45009：用微信号预览每天最多 100 次。", "改用 `openid`，或等第二天。"],
      "The draft was saved by the editor on mp.weixin.qq.com. Open it there and save it by hand.": [
        "48021：这是网页编辑器自动保存的草稿，不能预览。",
        "到 mp.weixin.qq.com 打开，手动保存一次。",
      ],
      "The draft {media_id} is no longer in 草稿箱: somebody published or deleted it. If 发表记录 on mp.weixin.qq.com, or listPublishedArticles, shows the article, run the job again with resolution: { article_id } or { url }. If it was deleted, begin a new job without the state.":
        [
          "40007：任务要提交的草稿已经不在草稿箱里，被人发布或删除了。",
          "【发表记录】里有，就传 `resolution: { article_id }` 或 `{ url }`；被删除就不带状态新建任务。",
        ],
      "Only certified accounts (已认证) may publish through this call. The draft stays: press 发表 on mp.weixin.qq.com (草稿箱).":
        [
          "48001：只有微信认证的公众号能用接口发布。草稿还在。",
          "到 mp.weixin.qq.com 的【草稿箱】手动【发表】，或先做微信认证。",
        ],
      "The draft is not in 草稿箱: it was published or deleted. Check 发表记录 on mp.weixin.qq.com, or listPublishedArticles, before you add it again.":
        [
          "40007：草稿箱里没有这篇草稿，已经发布或删除。",
          "先看 mp.weixin.qq.com 的【发表记录】或 `listPublishedArticles`，确认没有发布，再重新新增。",
        ],
      "WeChat did not accept the draft, or its publication is under way already. The draft stays: check 发表记录 on mp.weixin.qq.com first, then correct it in 草稿箱 and submit it again.":
        [
          "53503 该草稿未通过发布检查。草稿还在；刚提交过的草稿再提交一次，也可能报这个。",
          "先看【发表记录】，可能已经在发布。没有的话，到【草稿箱】改好再提交。",
        ],
      "The draft stays. Check 发表记录 on mp.weixin.qq.com first: it may be under way already. If not, open it in 草稿箱, save it there and press 发表.":
        [
          "53504 需前往公众平台官网使用草稿；53505 请手动保存成功后再发表。草稿还在。",
          "先看【发表记录】，可能已经在发布。没有的话，到【草稿箱】打开、保存，再点【发表】。",
        ],
      "Go on with the checkpoint once. If WeChat refuses this again, upload the file again without the checkpoint.":
        [
          "视频分块都传完了，结束上传（`upload_finish`）被拒。",
          "带断点再调一次；还被拒，就不带断点重新上传。",
        ],
      "The job has not kept the {name} {id} of resolution: check that it was typed right. The url of the published article will do in its place.":
        [
          "微信查不到你传入的 ID，任务没有保存它。",
          "检查有没有写错；也可以改传已发布图文的 `url`。",
        ],
      "If it refuses video.details, correct them and run the job again. If it refuses this upload every time, run the job with restartVideo: {vid}, which uploads the video from its beginning; the material library may then have two copies.":
        [
          "微信拒绝继续上传或保存这个视频。",
          "如果拒绝的是 `video.details`，改好再运行；如果每次都拒绝，传 `restartVideo`，从头上传。",
        ],
      "Before that, WeChat refused upload_finish, which an earlier call may have done: {message} If it refuses both again, upload the file again without the checkpoint.":
        [
          "结束上传被拒（可能之前那次已经成功），接着保存视频也被拒。",
          "带断点再调一次；两步还是都被拒，就不带断点重新上传。",
        ],
    },
  },
  MpPlatformError: {
    title: "第三方平台缺少 ticket 或授权",
    about:
      "由 `@wechat-edge/core/mp-platform` 的函数抛出；公众号的 token 来自第三方平台时，调用公众号接口也会抛出。字段：`reason`（`no-ticket` 或 `not-authorized`）；`authorizer_appid` 是哪个公众号。",
    cause: "微信还没有推送 ticket，或公众号没有授权给第三方平台。",
    cure: "把推送到“授权事件接收配置”地址的内容交给 `readPlatformPush`；让公众号的管理员授权。",
    rows: {
      "No component_verify_ticket of {component_appid} from the last 12 hours is known. {NEXT_TICKET}":
        [
          "12 小时内没有收到过 `component_verify_ticket`。",
          "等下一次推送，最多 10 分钟；一直没有，就调用 `startPushTicket`。",
        ],
      "Nothing is known of {appid}: its authorization is not in tokenStore, and the list of WeChat (api_get_authorizer_list) has none. {appid}":
        ["`tokenStore` 里没有这个公众号的授权，微信的授权列表里也没有。", "让公众号的管理员授权。"],
      "WeChat gave no access token of {appid}. {appid}": [
        "拿不到这个公众号的 `authorizer_access_token`：它没有 API 权限，或授权信息刚被删掉。",
        "让公众号的管理员重新授权。",
      ],
    },
  },
  OutcomeUnknownError: {
    title: "不确定微信有没有执行",
    about:
      "应答丢了，或微信说它也不确定，而再调一次可能重复执行。字段：`step` 是哪个函数；`lookAt` 是到哪里看有没有执行；`next` 是看完怎么办；`cause` 是请求当时的错误。",
    cause:
      "请求发出之后连接断了、超时了、网关代为应答、微信系统繁忙（-1、5xx），或应答里看不出结果。",
    cure: "到 `error.lookAt` 说的地方看，确认没有执行再重发。",
    rows: {
      "With retryUnknown: true the call is repeated without asking, at the risk of doing it twice.":
        ["传 `retryUnknown: true`，应答丢了会直接重发，可能重复执行。", "能接受重复才用。"],
      "WeChat may have carried out {step}, but no clear reply came: {why} Before you repeat it, check {lookAt}. {next}":
        [
          "微信可能已经执行了 `{step}`，但没有明确的应答，`{why}` 是当时的错误。",
          "重发之前先看：`addMaterial` 看素材库最新的几条；`addDraft` 看【草稿箱】或 `listDrafts` 里有没有同标题的；`submitPublication` 过几分钟看【发表记录】或 `listPublishedArticles`；`addNews` 看媒体 API 的列表；`saveVideo` 看素材库的视频；`sendMedia` 看和这位用户的会话；`payRequest` 用查询接口（GET）看。",
        ],
      "If it is not, go on with retryUnknown: true.": [
        "视频不在素材库里，说明没有保存成功。",
        "带断点和 `retryUnknown: true` 再调一次。",
      ],
      "Then run the job again with resolution: {answer}.": [
        "查清之后，把结果告诉任务，它会从这一步接着走。一个答案只对这一次尝试有效。",
        '带上保存的状态再跑一次，传 `resolution`：写上 `attempt`，查到了加对应的 ID，没有执行就加 `outcome: "nothing"`。',
      ],
      "Then go on with the checkpoint and resolution: {answer}. With retryUnknown: true it is saved again without asking.":
        [
          "查清素材库里有没有这个视频，再接着上传。一个答案只对这一次保存有效。",
          '带断点再调一次，传 `resolution`：写上 `attempt`，有就加 `media_id`，没有就加 `outcome: "nothing"`。',
        ],
    },
  },
  NetworkError: {
    title: "没有收到应答，或应答不完整",
    about:
      "`retryable` 为 `true`。`cause` 是运行时自己的错误，access_token 和 AppSecret 已经抹掉。",
    cause: "网络、代理、防火墙或服务器出了问题。",
    cure: "检查网络和 `baseUrl`，再试一次。",
    rows: {
      "The hash worker failed: {why}.": [
        "算摘要的 Web Worker 中途出错：被浏览器结束，或脚本抛了异常。",
        "看 Worker 的控制台，再试一次。",
      ],
      "The page may not start the hash worker: {cause}. Allow it in the page's policy (worker-src, trusted-types), or start it with createWorker.":
        [
          "页面的 CSP 或 Trusted Types 不允许启动 Worker。",
          "在策略里放行 `worker-src`、`trusted-types`，或用 `createWorker` 自己启动。",
        ],
      'The hash worker did not start: {why}. In the dev server of Vite 6 or 7, set optimizeDeps: { exclude: ["@wechat-edge/core"] }. For a bundler that does not find the script, make @wechat-edge/core/hash-worker-script an entry point, beside the bundle as hash-worker-script.js, or start it with createWorker.':
        [
          "Worker 的脚本没有加载到：打包工具没有把它放到能找到的地方。",
          'Vite 6、7 的开发服务器：设 `optimizeDeps: { exclude: ["@wechat-edge/core"] }`。其他打包工具：把 `@wechat-edge/core/hash-worker-script` 加成入口，输出到包旁边的 `hash-worker-script.js`；或用 `createWorker` 自己启动。',
        ],
      'The hash worker was not ready within {startTimeout} ms. A worker file of your own, started by createWorker, must import "@wechat-edge/core/hash-worker-script", and its bundler must keep that import. Where the machine or the network is slow, set a longer startTimeout.':
        [
          "Worker 在规定时间内没有就绪：自己的 Worker 文件没有导入脚本（或被 tree-shaking 去掉了），或启动太慢。",
          "确认它导入了 `@wechat-edge/core/hash-worker-script`；机器或网络慢就调大 `startTimeout`。",
        ],
      "No complete reply came: {…}.": [
        "没有收到完整的应答：DNS 解析失败、连接被拒或被重置、TLS 证书不对等，冒号后面是运行时的原文。",
        "检查网络、代理和 `baseUrl`；客户端已经按 `retry` 重试过，过一会儿再试。",
      ],
      "The download ended after {received} of {size} bytes.": [
        "素材下载到一半断了。",
        "重新下载。",
      ],
      "{address} ended after {at} of {length} bytes.": [
        "从文件服务器读到一半断了。",
        "再试一次；总是这样就先把文件下载下来。",
      ],
      "{address} could not be read: {safe}.": [
        "连不上文件服务器，冒号后面是运行时的原文。",
        "检查地址和网络；浏览器里还要看服务器是否允许跨域（CORS）。",
      ],
    },
  },
  TimeoutError: {
    title: "超时",
    about: "`retryable` 为 `true`。",
    cause: "网络或微信太慢，或卡住了。",
    cure: "再试一次，或调大报错里提到的选项。",
    rows: {
      "{missing} within {timeout} ms, the limit that the option timeout sets.": [
        "在 `timeout` 毫秒内没有完整的应答（`No complete reply came`），下载途中这么久没有收到数据（`No further byte came`），或 `getAccessToken` 没有返回（`getAccessToken returned no token`）。",
        "再试一次；文件大、网络慢就调大 `timeout`；后一种情况检查中控服务器。",
      ],
      "No result came within {waited} ms from a request that several calls share. Try again.": [
        "多个调用共用的一次请求（取 access_token 或平台证书、`keepMedia` 的上传）迟迟没有结果；在 Workers 里，多半是发起它的请求已经结束。",
        "再试一次。",
      ],
      "{what} is still under review after {maxWait} ms, the limit that the option maxWait sets. Wait again later.":
        [
          "等了 `maxWait` 毫秒，视频、图文或发布还在审核。微信没有说审核要多久。",
          "过一会儿接着等，或调大 `maxWait`。",
        ],
    },
  },
  ReplyError: {
    title: "收到的不是微信的应答",
    about:
      "HTML、重定向，或说成功却缺少该有的字段。字段：`status`、`requestId`、`retryAfter`；429 和 5xx 时 `retryable` 为 `true`，但 501、505、506、508、510、511 除外：重试也没有用。",
    cause: "代理、网关、需要登录的网络（captive portal）或别的服务器代替微信应答。",
    cure: CHECK_WAY,
    rows: {
      "That is broken JSON, cut or changed on its way: if it comes again, look for a proxy in between.":
        [
          "应答以 `{` 开头，却不是完整的 JSON：路上被截断或改过。里面有控制字符、不是 UTF-8 的字节，本库能照读，不报这个。",
          "再调一次；还是这样，检查中间的代理。",
        ],
      "The reply reports success but has no usable {field}.": [
        "应答说成功，却没有 `{field}`，或它的类型不对。不能重复执行的调用抛出 `OutcomeUnknownError`，这个错误是它的 `cause`。",
        `不能重复执行的，先照 \`error.lookAt\` 看有没有执行，再${CHECK_WAY}`,
      ],
      "The reply (status {status}) is larger than {maxBytes} bytes, which WeChat's never are: check baseUrl and the network.":
        ["应答超过 1 MiB，微信的应答没有这么大，是别的服务器应答的。", CHECK_WAY],
      "A proxy asks for a user name and a password (status 407): set them where the proxy is set, or in your own fetch.":
        [
          "代理要求登录（407）：请求没有到达微信，不会再发。",
          "在设置代理的地方写上用户名和密码，或用 `fetch` 选项传一个会带上它们的 `fetch`。",
        ],
      "The reply is a redirect{…}. WeChat sends none: check baseUrl and the network.": [
        "收到重定向。微信从不重定向，请求也不会发到别的地址。",
        `${CHECK_WAY}例如 \`baseUrl\` 写成 \`http\`，被网关跳到 \`https\`，或网络要先登录。`,
      ],
      "The reply to {endpoint} has {field} {shown}, which must be a whole number.": [
        "应答里的 `errcode` 或 `ret` 不是整数，不是微信的应答。",
        CHECK_WAY,
      ],
      "WeChat answers 412 to a body without Content-Length: a proxy between here and WeChat sends it chunked.":
        [
          "状态码 412：请求体没有 `Content-Length`，代理改成了分块传输（`Transfer-Encoding: chunked`）。",
          "让代理缓冲整个请求体再转发；nginx 用默认的 `proxy_request_buffering on`。",
        ],
      "Something other than WeChat's API answered, such as a proxy or a captive portal: check baseUrl and the network.":
        ["应答的不是微信接口，而是代理或需要登录的网络。", CHECK_WAY],
      "The reply to {endpoint} has status {status} and {reply} instead of a JSON object. {why}": [
        "公众号接口的应答不是 JSON，后半句是原因。",
        CHECK_WAY,
      ],
      "The reply to {endpoint} has no {field}.": [
        "获取 access_token（第三方平台还有 `component_access_token`、`authorizer_access_token`、预授权码）的应答里没有这个字段：应答的不是微信，或中转改了应答。",
        CHECK_WAY,
      ],
      "The reply to {path} has no authorizer_appid.": [
        "用授权码换授权信息，应答里没有 `authorizer_appid`：应答的不是微信，或中转改了应答。",
        CHECK_WAY,
      ],
      "The reply to /cgi-bin/component/api_get_authorizer_list has no list.": [
        "拉取已授权账号的应答里没有 `list`：应答的不是微信，或中转改了应答。",
        CHECK_WAY,
      ],
      "The reply to {endpoint} has expires_in {expires_in}, which must be a number of seconds above 0.":
        [
          "获取 access_token 的应答里，`expires_in` 不是大于 0 的秒数，中转可能改了应答。",
          CHECK_WAY,
        ],
      "The reply lists no platform certificate that can be used: {message}": [
        "列表里的平台证书没有一张能用，原因在冒号后面：CA 不是微信支付的、自签名，或者密钥不能用。",
        "检查 `baseUrl`、代理和网络；测试环境用别的 CA，传 `certificateIssuer`。",
      ],
      "The reply is not a list of platform certificates.": [
        "下载平台证书的应答格式不对：中间有东西改了它，或 `certificatePath` 不对。",
        CHECK_WAY,
      ],
      "The reply has status {status} and no body: WeChat Pay (or the emulator) has no such path or method, or a proxy answered.":
        [
          "路径或请求方法不对：微信支付对没有的路径返回 404，对不支持的方法返回 405，都没有内容（社区反馈），模拟器也一样。也可能是代理返回的。",
          "照接口文档核对路径和请求方法；路径没错的，再查代理。",
        ],
      "The reply has status {status} and {reply} instead of { code, message }: a gateway or a proxy answered, not WeChat Pay's API.":
        [
          "状态码是错误，内容却不是微信支付的 `{ code, message }`，例如网关的 HTML 错误页。",
          `${CHECK_WAY}5xx 可以重试，501、505 除外：多半是代理或网关不认请求的方法或编码。`,
        ],
      "The reply has status {status} and {reply} instead of a JSON object.": [
        "微信支付的应答不是 JSON。",
        CHECK_WAY,
      ],
      "{address} answered with the whole file (status 200) when asked for one byte: its server does not support Range requests. Download the file first.":
        ["文件服务器不支持 Range 请求，没法按段读。", "先下载整个文件，再传。"],
      "answered with status {status}; a Range request must be answered with 206.": [
        "文件服务器没有返回 206：403、404 是地址失效或没有权限，5xx 是服务器出错。",
        "核对地址；带签名的地址看是否过期，需要鉴权就传 `headers`。",
      ],
      "redirects {next} (status {status}).": [
        "文件服务器返回重定向，但 `Location` 里没有 http 或 https 地址。",
        "传文件本身的地址。",
      ],
      "redirects {next}, from https to http, which is not followed.": [
        "文件服务器从 https 重定向到 http，不会跟随。",
        "传文件本身的 https 地址。",
      ],
      "is the end of {MAX_REDIRECTS} redirects, and redirects {next}.": [
        "重定向太多，或者来回循环。",
        "传文件本身的地址。",
      ],
      'Redirects are not followed, since they may lead to servers inside your network: pass the address of the file itself, or redirect: "follow" if you trust the server.':
        [
          "文件服务器返回重定向，例如 CDN、登录页、短网址；默认不跟随，因为可能指向内网。",
          '传文件本身的地址；信任这台服务器，才传 `redirect: "follow"`。',
        ],
      'was redirected: your own fetch follows redirects although it gets redirect: "manual". Let it pass that on, or pass redirect: "follow".':
        [
          '自己的 `fetch` 没有理会 `redirect: "manual"`，跟随了重定向。',
          '让它把 `redirect` 传下去；信任这台服务器，才传 `redirect: "follow"`。',
        ],
      "redirects, and the browser does not show where, so that headers could reach another server. Pass the address of the file itself, or no headers.":
        [
          "浏览器不告诉页面重定向到哪里，`headers` 可能发到别的服务器。",
          "传文件本身的地址，或者不传 `headers`。",
        ],
      "is compressed (Content-Encoding {encoding}), so its ranges are not those of the file. Switch compression off for it.":
        ["CDN 压缩了文件，按段读出来的不是原文件的字节。", "对这个文件关掉 CDN 的压缩。"],
      "has no size in Content-Range. To a page of another origin the server must expose it: Access-Control-Expose-Headers: Content-Range, ETag.":
        [
          "读不到 `Content-Range` 里的大小：跨域时服务器没有放出这个头。",
          "服务器加 `Access-Control-Expose-Headers: Content-Range, ETag`。",
        ],
      "sent bytes {first} to {…} when asked for {start} to {end}.": [
        "文件服务器返回的不是要的那一段。",
        "换一个正确支持 Range 的服务器，或先下载整个文件。",
      ],
      "{address} sent more than the {length} bytes that were asked for.": [
        "文件服务器返回的字节比要的多。",
        "换一个正确支持 Range 的服务器，或先下载整个文件。",
      ],
      "The reply to {path} is text instead of media: a damaged error of WeChat, or the answer of a proxy or a captive portal.":
        [
          "下载素材，收到的却是文字：微信的报错被截断了，或是代理、需要登录的网络应答的。",
          CHECK_WAY,
        ],
      "The reply (status {status}) is no file and larger than {MAX_WHOLE_BYTES} bytes, so it is not WeChat Pay's: check baseUrl and the network.":
        ["下载文件，收到的是报错或带签名的应答，却大得不像微信支付的。", CHECK_WAY],
      "The file differs from its digest: {length} bytes came with the {algorithm} {digest}, and WeChat Pay stated {value}. The last bytes were withheld: discard the others, and ask for a new download_url.":
        [
          "下载的文件和 `hash_value` 对不上：路上被改了、缺了一段，或 `hash_value` 是另一个文件的。最后一块没有交给你。",
          "已经读到的全部丢掉，重新申请账单再下载。",
        ],
      "The file is gzip, and this runtime has no DecompressionStream: ask for the bill without tar_type, or pass gunzip: false and decompress it yourself.":
        [
          "收到的是 GZIP 压缩包，而这个运行时没有 `DecompressionStream`，解不开。",
          "申请账单时不传 `tar_type`；或传 `gunzip: false`，自己解压。",
        ],
      "The gzip file is damaged or cut short. Discard what came, and download it again.": [
        "GZIP 压缩包损坏或不完整。",
        "已经读到的丢掉，重新下载。",
      ],
      "The reply to {address} has status {status} and is {found} instead of a file: a gateway or a proxy answered, not WeChat Pay.":
        ["下载文件，收到的却是网页、没有签名的 JSON 或空的应答：应答的不是微信支付。", CHECK_WAY],
      "The reply to {path} is JSON but has no {wanted}.": [
        "下载素材，收到的 JSON 里既不是错误，也没有该有的字段：临时素材是 `video_url`，永久素材是 `down_url` 或 `news_item`。",
        CHECK_WAY,
      ],
      "The reply has the media_id {media_id} but created_at {…}, which must be Unix seconds.": [
        "上传成功，有 `media_id`，但 `created_at` 不是秒数，算不出什么时候失效。",
        "`media_id` 可以用；再检查中转有没有改应答。",
      ],
    },
  },
  CheckpointError: {
    title: "保存的状态不能用",
    about:
      "在发送之前抛出。`reason` 是 `malformed`、`version`、`account`、`file` 或 `job`；设了 `checkDraft` 时还可能是 `draft`，这时草稿没有提交。",
    cause: "断点或状态被改过、截断，或属于别的公众号、文件、任务；`draft` 是草稿被人改过。",
    cure: "传最后一次保存的，原样传回。",
    rows: {
      "The draft {media_id} was changed after the job added it: its {…}. It was not submitted. To publish it as it is, run the job again without checkDraft; to publish the article of the job, delete the draft and begin a new job without the state.":
        [
          "设了 `checkDraft`，提交前发现草稿被人改过；报错里列出了改动的部分。没有提交。",
          "要发布改过的，去掉 `checkDraft` 再运行；要发布任务里的，删掉草稿，不带状态新建任务。",
        ],
      "The state is damaged: a later step is done and an earlier one is not, or it has a part that the job does not have. Pass the state exactly as onState received it last.":
        ["状态自相矛盾：后面的步骤做了，前面的没做；或有任务里没有的部分。", LAST_STATE],
      "The article was changed after it had been sent as {media_id}. Change that one with {…} and pass the job the old article, or begin a new job without the state.":
        [
          "图文已经以这个 `media_id` 传上去了，任务里的图文却改过。",
          "用 `updateDraft` 或 `updateNews` 改传上去的那篇，任务仍传旧图文；或不带状态，开始新任务。",
        ],
      "Pass the state that onState kept last, as it was kept.": [
        "接在状态不能用的报错后面，说的是怎么办。",
        LAST_STATE,
      ],
      "The state is for another job: its target, its title, or the names or sizes of its files differ from this one. Pass the job that the state was kept for, or begin without the state.":
        [
          "状态是另一个任务的：`target`、标题、文件名或文件大小不一样。",
          "传当时的任务；或不带状态，从头开始。",
        ],
      "The {what} has version {…}; this version of the library reads versions 1 and 2. {cure}": [
        "断点（`checkpoint`）或状态（`state`）的版本不对，多半是更新的版本保存的。",
        `${SAME_VERSION}不行就不带它，从头开始。`,
      ],
      "The {what} is damaged: its fields are not those that {writer} writes. {cure}": [
        "断点或状态的字段不全、被改过，或存的是别的东西。",
        OWN_STORE,
      ],
      "The {what} is for account {appid}, but the client is for {appid}. {cure}": [
        "断点或状态是另一个公众号的：前一个 AppID 是它的，后一个是客户端的。",
        "换成那个公众号的客户端，或不带它从头开始。",
      ],
      "The {what} is not JSON. {cure}": ["断点或状态不是 JSON，多半只保存了一半。", OWN_STORE],
      "The {what} must be an object or its JSON, not null. To begin anew, leave it out.": [
        "断点或状态是 `null`，多半是存储里没有。",
        "从头开始就不传这一项，或传 `undefined`。",
      ],
      "The {what} must be an object or its JSON, not {value}. {cure}": [
        "断点或状态既不是对象，也不是 JSON 字符串；是 `a Promise` 就是读存储时漏了 `await`。",
        OWN_STORE,
      ],
      "Start without it, which uploads the file from its beginning.": [
        "接在断点不能用的报错后面，说的是怎么办。",
        "不带断点，整个文件重新上传。",
      ],
      "The checkpoint is for a file of {size} bytes, but this file has {size}. Pass the file it was written for, or start without the checkpoint.":
        [
          "断点是另一个文件的，大小不一样：前一个是断点里的，后一个是这个文件的。",
          "传当时的文件；或不带断点，从头上传。",
        ],
      "The checkpoint is for a file with SHA-1 {sha1}, but this file has {sha1}. Pass the file it was written for, or start without the checkpoint.":
        [
          "断点是另一个文件的，或文件改过：大小一样，SHA-1 不一样。",
          "传当时的文件；或不带断点，从头上传。",
        ],
    },
  },
  ReviewError: {
    title: "审核没有通过",
    about:
      "字段：`status` 是微信返回的状态；`wording` 是微信给的原因，有才有；`fail_idx` 是发布失败的图文序号，从 1 数起，只有发布草稿才有。",
    cause: "视频或图文审核不通过、被封禁、被删除，或状态是文档里没有的。",
    cure: "到 mp.weixin.qq.com 看原因。没通过的图文或视频，改好后当作新的重新上传。",
    rows: {
      "The article {media_id} {why} ({statusText}).": [
        "发布库的图文没有发布：`did not pass the review` 是审核未通过；`has not been submitted` 是还没提交；其他是文档没有的状态。括号里是微信的原文。",
        "审核未通过，到 mp.weixin.qq.com 的媒体 API 看原因；没提交就先调 `submitNews`。",
      ],
      "Articles {word}, counted from 1: {…}.": [
        "接在发布失败的报错后面，说明是哪几篇（`fail_idx`），从 1 数起。",
        "改好这几篇，重新新增草稿、提交。",
      ],
      "The publication {publish_id} {why} (status {status}).{which}": [
        "草稿发布失败：2 原创失败，3 常规失败，4 平台审核不通过，5 `成功后用户删除所有文章`，6 `成功后系统封禁所有文章`。",
        "到 mp.weixin.qq.com 的【发表记录】看原因；改好后重新新增草稿、提交。",
      ],
      "The video {media_id} {what} (status {status}).{why}": [
        "视频不能用：2 审核不通过，5 转码失败，9 被封禁，10 已删除。`WeChat says:` 后面是微信给的原因。",
        "按原因改好视频（转码失败就重新导出 MP4），重新上传。",
      ],
    },
  },
  ArticleError: {
    title: "微信会拒绝的图文",
    about:
      "在发送之前抛出。`findings` 是 `checkArticle` 查出的问题，每条有 `rule`、`severity`、`path`、`message` 和 `suggestion`。下表里问题和建议各占一行。",
    cause: "图文不符合《媒体API文档》或“新增草稿”的规则。",
    cure: "照每条问题后面的建议改。",
    rows: {
      "There must be {least}, not {length}.": [
        "图文篇数不对：发布库一次只能传一篇（`exactly one`），草稿至少一篇（`at least one`）。",
        "发布库的图文分开传。",
      ],
      "content has {whole} characters with its tags, {visible} without; it must have fewer than {CONTENT_CHARACTERS}, and WeChat counts the tags.":
        [
          "正文到了 2 万字符。按社区反馈，微信连标签一起数；`without` 后面是只数文字的结果。",
          "去掉多余的样式，或删短。",
        ],
      "Shorten it; draftTitle: 64 allows what some accounts can save (reported).": [
        "草稿标题超过 32 个字、不超过 64 个字时的建议：官方文档是 32，有的公众号能存到 64（社区反馈）。",
        "删短；确认自己的公众号能存，就传 `draftTitle: 64`。",
      ],
      'Remove styles, or shorten it; contentLength: "text" checks the text alone.': [
        "正文连标签超过 2 万字符、只算文字没超过时的建议。",
        '去掉多余的样式，或删短；有把握微信只数文字，就传 `contentLength: "text"`。',
      ],
      "Divide the pixels by the picture's width and height, or use coverCrop.": [
        "裁剪坐标写成了像素或别的形式时的建议。",
        "横坐标除以图片的宽，纵坐标除以高；或者用 `coverCrop`。",
      ],
      "WeChat has no field {field}.": [
        "`pic_crop_` 开头的字段里没有这一个。",
        "用 `pic_crop_235_1` 或 `pic_crop_1_1`。",
      ],
      "{path} must be an array, not {list}.": [
        "`crop_percent_list` 要传数组。",
        "写成数组，每个比例一项。",
      ],
      "{field}.ratio must be one of {…}, not {ratio}.": [
        "封面裁剪的比例只有 `1_1`、`16_9`、`2.35_1`。",
        "用其中一个。",
      ],
      "Write one of these.": ["比例或 `article_type` 不存在时的建议。", "用提示里列出的值。"],
      "Use {…}, or cover_info, which has 16:9 too.": [
        "`pic_crop_` 字段写错时的建议。",
        "用 `pic_crop_235_1`、`pic_crop_1_1`，或者 `cover_info`（16:9 只有它有）。",
      ],
      "cover_info must be an object with the list crop_percent_list, not {info}.": [
        "`cover_info` 的结构不对。",
        "写成 `cover_info: { crop_percent_list: [ … ] }`。",
      ],
      "Write cover_info: { crop_percent_list: [] }.": [
        "`cover_info` 的结构不对时的建议。",
        "裁剪写进 `crop_percent_list`。",
      ],
      "cover_info has no crop_percent_list: the cover is not cropped.": [
        "`cover_info` 里没有 `crop_percent_list`，封面不会裁剪。",
        "裁剪写进 `crop_percent_list`。",
      ],
      "Write the crops into that list.": [
        "没有 `crop_percent_list` 时的建议。",
        "裁剪写进 `crop_percent_list`。",
      ],
      "{field} crops to {ratio} as {ratio} does; which of the two counts is not known.": [
        "同一个比例在 `pic_crop_` 字段和 `cover_info` 里各写了一次，以哪个为准没有定论。",
        "只留一处。",
      ],
      "Keep one of them.": ["同一个比例写了两处时的建议。", "只留一处。"],
      '{field} must be "news" or "newspic", or be left out, not {type}.': [
        "`article_type` 只能是 `news` 或 `newspic`，或者不写。",
        "改成其中一个，或者去掉。",
      ],
      "The publish library has no picture messages (newspic).": [
        "发布库没有图片消息。",
        '用 `target: "draft"`。',
      ],
      'image_info is for picture messages; this article has no article_type: "newspic".': [
        "`image_info` 只属于图片消息，这篇没有写 `article_type`。",
        '写上 `article_type: "newspic"`，或者去掉 `image_info`。',
      ],
      "Set article_type, or leave image_info out.": [
        "写了 `image_info` 却没写 `article_type` 时的建议。",
        '写上 `article_type: "newspic"`，或者去掉 `image_info`。',
      ],
      "The picture of a card has an address without wx_fmt, as uploadArticleImage returns it: WeChat is reported to answer 45166 to such a card.":
        [
          "小程序卡片的图片地址没有 `wx_fmt`，是 `uploadArticleImage` 返回的那种；社区反馈，这样的卡片会返回 45166。",
          "用 `addMaterial` 上传，地址连 `?wx_fmt=` 一起用。",
        ],
      "Upload it with addMaterial, and take the url that it returns whole, with ?wx_fmt=.": [
        "卡片的图片地址没有 `wx_fmt` 时的建议。",
        "用 `addMaterial` 上传，地址连 `?wx_fmt=` 一起用。",
      ],
      "{field}.ratio is {ratio} a second time.": ["同一个比例写了两次。", "每个比例只留一项。"],
      "Keep one entry for each ratio.": ["比例重复时的建议。", "每个比例只留一项。"],
      "{field} has the number {number}; its corners must be strings.": [
        "`crop_percent_list` 的坐标要写成字符串。",
        "加上引号。",
      ],
      'Write it as a string: "{number}".': ["坐标写成了数字时的建议。", "加上引号。"],
      "{field} is {value}: {wrong}.": [
        "封面裁剪的坐标不对：要写 0 到 1 的小数，先左上角，后右下角。冒号后面是哪里不对。",
        "按提示改；可以用 `coverCrop` 算。",
      ],
      "{field} is {value}: it may have up to six decimals.": [
        "封面裁剪的坐标最多 6 位小数。",
        "四舍五入到 6 位。",
      ],
      "It is not certain that a draft keeps its videos: WeChat's staff says no, one report says yes.":
        [
          "草稿会不会保留视频，公开的说法互相矛盾：官方人员说不会，有人说会。",
          "发布之前到公众平台的草稿箱里看一眼。",
        ],
      "Look at the draft on mp.weixin.qq.com before it is published.": [
        "草稿里有视频时的建议。",
        "发布之前到公众平台的草稿箱里看一眼。",
      ],
      "only_fans_can_comment is 1, but need_open_comment is not: nobody can comment.": [
        "设了只许粉丝留言，但没有打开留言，所以谁也不能留言。",
        "同时设 `need_open_comment: 1`，或者去掉 `only_fans_can_comment`。",
      ],
      "Set need_open_comment: 1 too, or leave only_fans_can_comment out.": [
        "留言的两个开关不一致时的建议。",
        "同时设 `need_open_comment: 1`，或者去掉 `only_fans_can_comment`。",
      ],
      "The content has a link ({site}); only accounts with WeChat Pay may have links to other sites.":
        [
          "正文里有外链。只有开通了微信支付的公众号能放；指向 mp.weixin.qq.com 的链接不受限制。",
          "把地址写成文字，比如放在文末；开通了微信支付就传 `rights: { pay: true }`。",
        ],
      "The content has {length} links ({site}); only accounts with WeChat Pay may have links to other sites.":
        [
          "正文里有多个外链，括号里是前几个。只有开通了微信支付的公众号能放。",
          "把地址写成文字，比如放在文末；开通了微信支付就传 `rights: { pay: true }`。",
        ],
      "Write the address as text, or link to an article on mp.weixin.qq.com.": [
        "没有微信支付权限时的建议。",
        "把地址写成文字，或者改成 mp.weixin.qq.com 的图文链接。",
      ],
      "The content links to mp.weixin.qq.com, but not with the whole address of a published article ({page}): whether WeChat takes it without WeChat Pay is not known.":
        [
          "链接在 mp.weixin.qq.com 下，但不是已发布图文的完整地址（缺参数、公众平台的管理页面、搜索结果的临时链接等）；没开通微信支付的公众号能不能用，没有定论。",
          "从已发布的图文里复制完整的地址，或者去掉链接。",
        ],
      "Copy the address from the published article, or remove the link.": [
        "链接不完整时的建议。",
        "从已发布的图文里复制完整的地址，或者去掉链接。",
      ],
      "The content links to an article that cannot exist ({placeholder}), by a placeholder or the address of a preview: WeChat answers 45166.":
        [
          "正文里的图文链接是占位的，比如 `/s/xxxx`，或者是草稿的预览链接，微信返回 45166。",
          "换成真正的地址，或者去掉链接。",
        ],
      "Put in the article's real address, or remove the link.": [
        "链接是占位的时的建议。",
        "换成真正的地址，或者去掉链接。",
      ],
      "The content has a link that is no http or https address ({other}): in an article it leads nowhere, and WeChat may refuse it.":
        [
          "正文里的链接不是 http 或 https 地址，比如 `mailto:`、`tel:`、相对路径。在图文里点了没有用，微信也可能拒绝。",
          "写完整的地址，或者去掉链接。",
        ],
      "Write the address in full, or remove the link.": [
        "链接不是完整地址时的建议。",
        "写完整的地址，或者去掉链接。",
      ],
      "The content of a picture message is plain text; this one has <{…}> (HTML, {html}).": [
        "图片消息（`newspic`）的正文只能是纯文本，这里有 HTML 标签。",
        '去掉标签；要发图文就去掉 `article_type: "newspic"`。',
      ],
      'Write it without tags, or leave article_type: "newspic" out.': [
        "图片消息里有标签时的建议。",
        "去掉标签，或者去掉 `article_type`。",
      ],
      "content has {length} characters; a picture message may have at most {PICTURE_MESSAGE_CHARACTERS}.":
        ["图片消息的正文最多 1,000 字符。", "删短。"],
      "A picture message has no {field}; its first picture is the cover.": [
        "图片消息没有这个字段；第一张图就是封面。",
        "去掉这个字段。",
      ],
      "{field} must be the media_id of a picture, not {id}.": [
        "`image_media_id` 要填永久素材里图片的 `media_id`。",
        "用 `addMaterial` 上传图片。",
      ],
      "Upload the picture with addMaterial.": [
        "`image_media_id` 不对时的建议。",
        "用 `addMaterial` 上传，填返回的 `media_id`。",
      ],
      "The content of a picture message is plain text; this one has {end}.": [
        "图片消息的正文是纯文本，不能有标签。",
        "去掉标签。",
      ],
      "Write it without tags.": ["图片消息的正文里有标签时的建议。", "去掉标签。"],
      "The message has the same picture {times} times ({size} different in all).": [
        "同一张图在图片消息里出现了不止一次。",
        "不是故意的就去掉一张。",
      ],
      "Remove it, unless it is meant.": ["图片重复时的建议。", "不是故意的就去掉一张。"],
      "A script would load a picture from {attribute} ({url}); WeChat shows what is in src ({tags}).":
        [
          "懒加载的图：真正的地址在这个属性（或 `<noscript>`）里，要靠脚本换上去；微信不运行脚本，只显示 `src` 里的占位图。",
          "用 `rewriteImages` 换，或者交给 `publishArticle`。",
        ],
      "Put that address into src: rewriteImages does, and so does publishArticle with the picture in images.":
        [
          "有懒加载的图时的建议。",
          "把真正的地址写进 `src`；`rewriteImages` 会这样做，`publishArticle` 在 `images` 里有这张图时也会。",
        ],
      "Write the styles into style attributes, as tools that inline CSS do.": [
        "有 `<style>` 或 `<link>` 时的建议。",
        "把样式写进各个元素的 `style` 属性。",
      ],
      "Upload a video with uploadVideoMaterial and show it with videoFrame.": [
        "有 `<video>` 或 `<audio>` 时的建议。",
        "用 `uploadVideoMaterial` 上传视频，用 `videoFrame` 显示。",
      ],
      "Write it as text, such as ☑ for a ticked box.": [
        "有表单元素时的建议。",
        "改成文字，比如用 ☑ 代替勾选框。",
      ],
      "Show a picture of it.": ["有 `<object>`、`<canvas>` 之类时的建议。", "改成图片。"],
      "WeChat removes {found} ({count}).": [
        "正文里有微信不保留的标签，会被过滤掉；`<style>` 这类连内容一起去掉。括号里是有几处、第一处在第几个字符。",
        "照后面的建议改。样式写进 `style` 属性，视频用 `uploadVideoMaterial` 上传，`<meta>`、`<noscript>` 去掉即可。",
      ],
      "What WeChat makes of {unknown} is not known ({count}).": [
        "`<details>`、`<math>` 这类标签，微信会保留还是去掉，文档和社区都没有说法。",
        "不想冒险就改成文字或图片。",
      ],
      "Use plain text or a picture of it.": [
        "有 `<details>`、`<math>` 这类标签时的建议。",
        "改成文字或图片。",
      ],
      "The content has what runs or loads a program, or leads away: {…}{more} ({found}). What WeChat makes of it is not known.":
        [
          "正文里有会运行或加载程序、或把读者带走的内容，比如 `srcdoc`、`data:text/html`、`formaction`。微信会怎么处理，文档和社区都没有说法。",
          "去掉。",
        ],
      "WeChat removes frames of other sites, such as {…} ({count}).": [
        "正文里有别的网站的 `<iframe>`，会被过滤掉。",
        "去掉，或者上传视频。",
      ],
      "Remove it, or upload the video with uploadVideoMaterial.": [
        "有别的网站的 `<iframe>` 时的建议。",
        "去掉，或者用 `uploadVideoMaterial` 上传视频。",
      ],
      "Do without it: links to places within the article lead nowhere.": [
        "有 `id` 属性时的建议。",
        "不要依赖 `id`；文内跳转的链接点了没有用。",
      ],
      'WeChat removes the attribute id, such as id="{…}" of <{name}> ({count}).': [
        "正文里有 `id` 属性，会被去掉：文内跳转和按 `id` 写的样式不再起作用，其他不受影响。",
        "不靠 `id` 就不用管；要跳转的话换一种写法。",
      ],
      "A drawing needs ids, which WeChat removes: {…} ({count}).": [
        "SVG 要靠 `id` 引用别的部分，而 `id` 会被去掉，图就画不全了。",
        "换成不用引用的画法，或者改成图片。",
      ],
      "Draw it without references (MathJax: fontCache none), or make it a picture.": [
        "SVG 里有引用时的建议。",
        "换成不用引用的画法（MathJax 把 `fontCache` 设成 `none`），或者改成图片。",
      ],
      "WeChat removes position: absolute, fixed and sticky, such as that of <{name}> ({count}).": [
        "`position: absolute`、`fixed`、`sticky` 会被去掉，叠放的内容会散开、依次往下排。",
        "换一种排版方式，例如 flex、`margin` 或表格。",
      ],
      "WeChat does not keep the definition of var(--…), such as that of <{name}> ({count}).": [
        "样式用了 CSS 变量 `var(--…)`，而定义变量的 `<style>` 会被去掉，这一条样式就失效了。",
        "直接写值；很多编辑器导出时能选“内联样式”。",
      ],
      "Lay it out without position.": [
        "有 `position: absolute`、`fixed` 或 `sticky` 时的建议。",
        "换一种排版方式。",
      ],
      "Write the value in its place.": ["样式里有 `var(--…)` 时的建议。", "直接写值。"],
      "{message} images has {near}.": [
        "图片的地址和 `images` 里的名字对不上；最后是 `images` 里最像的一个。",
        "把两边写成一样的。",
      ],
      "Make one call for each article.": ["篇数过多时的建议。", "每篇图文单独调用一次。"],
      "content has {bytes} bytes; WeChat allows fewer than {CONTENT_BYTES}.": [
        "正文 `content` 到了 1 MiB，微信要求小于 1M。",
        "删短；正文里用 `data:` 内嵌的图片改成上传。",
      ],
      "Shorten it, and replace pictures in data: addresses.": [
        "正文太大时的建议。",
        "删短；内嵌的图片用 `uploadArticleImage` 上传，换成它的地址。",
      ],
      "WeChat removes the picture {url}: its address is not from uploadArticleImage.": [
        "正文里的图片不是微信的地址，会被过滤掉。",
        "用 `uploadArticleImage` 上传，再用 `rewriteImages` 换地址；`publishArticle` 会自动做。",
      ],
      "Upload it with uploadArticleImage, and replace its address with rewriteImages.": [
        "正文有外链图片时的建议。",
        "用 `uploadArticleImage` 上传，再用 `rewriteImages` 换地址。",
      ],
      "WeChat removes {script} from the content.": [
        "正文里有脚本、`on…` 事件属性或 `javascript:` 地址，会被过滤掉。",
        "去掉。",
      ],
      "Set rights: { pay: true } if the account has WeChat Pay.": [
        "不知道这个公众号有没有开通微信支付。",
        "开通了就传 `rights: { pay: true }`，没有就去掉链接。",
      ],
      "The video {vid} {seen}; WeChat must have approved it (status {APPROVED}) before the article is added.":
        [
          "正文里的视频还没有通过审核，或不知道状态（`has an unknown status`）。视频审核通过后，图文才能传。",
          "用 `waitForVideo` 等审核通过，把结果传进 `videos`。",
        ],
      "Wait for it with waitForVideo, and pass its status in videos.": [
        "视频还没有通过审核时的建议。",
        "用 `waitForVideo` 等审核通过，把结果传进 `videos`。",
      ],
      "A card has data-progarm-imageurl, a misprint in WeChat's document that does not work.": [
        "小程序卡片写了 `data-progarm-imageurl`：微信文档里的笔误，不起作用。",
        "改成 `data-miniprogram-imageurl`，或用 `miniProgramCard` 生成。",
      ],
      "Write data-miniprogram-imageurl, or use miniProgramCard.": [
        "小程序卡片属性名写错时的建议。",
        "改成 `data-miniprogram-imageurl`，或用 `miniProgramCard` 生成。",
      ],
      "<{name}> has no data-miniprogram-{part}.": [
        "小程序卡片或链接缺少必填的属性。",
        "补上；用 `miniProgramCard`、`miniProgramLink` 生成就不会漏。",
      ],
      "Add it: WeChat requires it.": ["缺少必填属性时的建议。", "补上这个属性。"],
      "The title of a card has {length} characters; at most {CARD_TITLE_CHARACTERS} are allowed.": [
        "小程序卡片的标题超过 35 个字。",
        SHORTEN,
      ],
      "The picture of a card must have {width}×{height} pixels; this one has {…}.": [
        "小程序卡片的图片必须是 1080×864 像素；`an unknown size` 表示没有告诉它图片的尺寸。",
        "裁成 1080×864；尺寸未知就用 `inspect` 量，传进 `images`。",
      ],
      "Pass its size in images; inspect measures it.": [
        "不知道卡片图片尺寸时的建议。",
        "用 `inspect` 量出宽高，传进 `images`。",
      ],
      "Cut it to that size.": ["卡片图片尺寸不对时的建议。", "裁成 1080×864 像素。"],
      "{field} must be a string that is not empty.": [
        "缺少必填的字段，或它是空的：标题、正文或封面 `thumb_media_id`。",
        "填上。",
      ],
      "{field} must be a string, not {value}.": [
        "`author`、`digest` 传的不是字符串。",
        "写成字符串，或者不传。",
      ],
      "Write it as a string, or leave it out.": [
        "文字字段类型不对时的建议。",
        "写成字符串，或者不传。",
      ],
      "{field} is {flag}; it must be 0 or 1.": [
        "`show_cover_pic`、`need_open_comment`、`only_fans_can_comment` 只能是 0 或 1。",
        "写数字 0 或 1，不写 `true`、`false` 或字符串。",
      ],
      "Write the number 0 or 1.": ["开关字段写错时的建议。", "写数字 0 或 1。"],
      "A picture message must have 1 to {MAX_PICTURES} pictures, not {length}.": [
        "图片消息（`newspic`）要有 1 到 20 张图片。",
        "增减 `image_info.image_list`。",
      ],
      "Add or remove pictures.": ["图片张数不对时的建议。", "增减图片，1 到 20 张。"],
      "{field} is not an http or https address.": [
        "原文链接 `content_source_url` 不是 `http` 或 `https` 地址。",
        "写完整的地址，例如 `https://example.com/a`；没有就不填。",
      ],
      "Write it in full.": ["原文链接不完整时的建议。", "带上 `https://`，写完整。"],
      "{field} has {length} bytes; at most {SOURCE_URL_BYTES} are allowed.": [
        "原文链接超过 1 KB。",
        "换短一点的地址。",
      ],
      "WeChat opens the App Store only from itun.es or appsto.re addresses that end in #wechat_redirect, not from {hostname}.":
        [
          "原文链接要跳 App Store，只能用 `itun.es` 或 `appsto.re` 短地址，并以 `#wechat_redirect` 结尾。",
          "换成短地址，末尾加 `#wechat_redirect`。",
        ],
      "Use a short address, and add #wechat_redirect.": [
        "原文链接要跳 App Store 时的建议。",
        "换成短地址，末尾加 `#wechat_redirect`。",
      ],
      "{field} has {length} characters; at most {max} are allowed.": [
        "标题、摘要或作者太长。草稿：标题 32、摘要 128、作者 16 个字；发布库：标题 64、摘要 120 个字。",
        SHORTEN,
      ],
      "{field} contains {…}, which WeChat refuses.": [
        "文字里有字面的 `\\uXXXX` 转义，或控制字符，微信会返回 40033。",
        "转义写成字符本身，控制字符删掉。",
      ],
      "Write the character itself.": ["文字里有 `\\uXXXX` 时的建议。", "直接写那个字符。"],
      "The digest will be the first {…} characters of the text: {shown}.": [
        "没写摘要，微信会取正文开头的文字。这是提示，不影响发送。",
        "开头不适合当摘要，就自己写 `digest`。",
      ],
      "Write a digest if that does not read well.": ["没写摘要时的建议。", "自己写 `digest`。"],
    },
  },
  ClientVersionError: {
    title: "客户端来自另一个版本",
    about: "在发送之前抛出。",
    cause: "装了两个版本的 `@wechat-edge/core`，客户端是另一份创建的。",
    cure: SAME_VERSION,
    rows: {
      "The client was made by {maker} of another version of @wechat-edge/core: its format is {found}, this version reads format {wanted}. Install the same version of all @wechat-edge packages: npm ls @wechat-edge/core lists the copies.":
        ["客户端是另一个版本的 `@wechat-edge/core` 创建的，这个版本读不了。", SAME_VERSION],
    },
  },
  TypeError: {
    title: "参数传错了",
    about:
      "JavaScript 自己的类，没有 `code`：调用写错了，什么都没有发出。报错末尾的 `not …` 是实际传了什么：`undefined` 多半是字段名写错，或环境变量没有读到；`a Promise: await it first` 是漏了 `await`；`a string of 32 characters` 只报长度不显示内容，因为可能是密钥。",
    cause: "参数或选项没传，或类型不对。",
    cure: "照报错说的传。",
    rows: {
      'cgi_path must be a path without host and query, such as "/cgi-bin/media/upload", not {cgi_path}.':
        ["`cgi_path` 是接口的路径，不带域名和查询参数。", "照例子写。"],
      "clearQuota takes cgi_path or bySecret, not both: leave one out.": [
        "`clearQuota` 的 `cgi_path`（清零单个接口）和 `bySecret` 不能同时传。",
        "去掉其中一个。",
      ],
      "bySecret needs a client that was made with secret, not with getAccessToken.": [
        "用 `getAccessToken` 的客户端没有 AppSecret。",
        "去掉 `bySecret`，或用带 `secret` 的客户端。",
      ],
      'rid must be that of an error, such as "61725984-6126f6f9-040f19c4", not {rid}.': [
        "`rid` 不是报错里的那种。",
        "传 `error.rid`；它可能是 `undefined`。",
      ],
      "msg_data_id must be the one of a publication, a whole number or its digits in a string, not {…}.":
        [
          "`msg_data_id` 不是整数，也不是一串数字；大于 2^53 的数字会丢掉末位，要用字符串。",
          "传 `submitPublication` 返回的那个。",
        ],
      "ratio must be {…}, not {ratio}.": [
        "封面只有这几种裁剪比例。",
        '写 `"1_1"`、`"16_9"` 或 `"2.35_1"`。',
      ],
      "{name} must be a number of pixels above 0, not {value}.": [
        "图片的宽和高要一起传，单位是像素。",
        "用 core 的 `inspect` 测量。",
      ],
      "{name} must be a number{…}, not {value}.": [
        "裁剪的坐标不是数字，或少了一个。",
        "`x1`、`y1`、`x2`、`y2` 都传数字；都不传则居中裁剪，但要传 `width` 和 `height`。",
      ],
      "vid must be wxv_ or apiv_ followed by letters and digits, not {vid}.": [
        "`vid` 不对，不是 `media_id`。",
        "用上传视频时返回的 `vid`，形如 `wxv_1234567890` 或 `apiv_1234567890`。",
      ],
      "queryAuth needs the code that WeChat sends after an authorization, not {authorization_code}.":
        [
          "`queryAuth` 要传授权码（`auth_code`、`AuthorizationCode`）。",
          "传回调地址里的 `auth_code`，或推送里的 `AuthorizationCode`。",
        ],
      "{name} must be a string of printable ASCII characters without spaces, not {value}.": [
        "`component_verify_ticket` 或 `authorizer_refresh_token` 不是这样的字符串。",
        "原样传微信给的值。",
      ],
      "Pushes are signed with the Token and encrypted with the key of the platform, which this one does not have. Pass messageToken and encodingAESKey to createMpPlatform.":
        [
          "没有消息校验 Token 和消息加解密 Key，读不了推送。",
          "创建时传 `messageToken` 和 `encodingAESKey`，与开放平台上设置的一致。",
        ],
      'body must be the raw bytes or the raw text of the push, not {body}. In Express, use express.text({ type: "*/*" }) for this route.':
        [
          "请求体被解析成了对象，读不了推送。",
          '传原始的字节或文本；Express 用 `express.text({ type: "*/*" })`。',
        ],
      "readNotification needs a Request, or { headers, body } with the raw body, not {request}. In Hono, pass c.req.raw.":
        [
          "传给 `readNotification` 的不是请求。",
          "传 Web `Request`，或带原始请求体的 `{ headers, body }`；Hono 传 `c.req.raw`。",
        ],
      "The body of the Request was read already. Call {name} first, or pass {shape} with the raw text that was read.":
        [
          "`Request` 的请求体已经读过，不能再读。",
          "先调这个函数，或按报错里的样子传对象，`body` 是读到的原文。",
        ],
      "A message has one answer: pass reply, echostr or error, not two of them.": [
        "`reply`、`echostr`、`error` 只能传一个。",
        "只传要应答的那一个；都不传就应答 `success`。",
      ],
      "reply must be the <xml> of a passive reply, such as mediaReplyXml of @wechat-edge/mp-media makes, not {reply}. WeChat shows the follower that the account is out of service for anything else.":
        [
          "`reply` 不是被动回复的 XML。照原样应答的话，微信会提示粉丝“该公众号提供的服务出现故障”。",
          "传以 `<xml>` 开头的回复，例如 `mediaReplyXml` 的返回值；不回复就不要传 `reply`。",
        ],
      'body must be the raw bytes or the raw text of the request, not {body}. What a parser made of the XML is not read: in Express, use express.text({ type: "*/*" }) for this route.':
        [
          "`body` 不是原始字节或原文，多半被 XML 解析中间件解析过了。",
          '在 Express 里，这个路由用 `express.text({ type: "*/*" })`，不要用 XML 解析中间件。',
        ],
      "{what} needs a Request, or { url, body } with the address as it was asked for, not {request}. In Hono, pass c.req.raw; in Express, request.originalUrl is the url.":
        [
          "传给 `readMessage` 或 `readVerification` 的不是请求，或没有 `url`。",
          "传 Web `Request`，或 `{ url, body }`；Hono 传 `c.req.raw`，Express 的 `url` 用 `request.originalUrl`。",
        ],
      "The message is encrypted (安全模式), and this client has no key for it. Pass encodingAESKey to createMpClient.":
        [
          "消息是加密的（安全模式），客户端没有消息加解密密钥。",
          "给 `createMpClient` 传 `encodingAESKey`，与“服务器配置”里的一致。",
        ],
      "Messages are signed with the Token (令牌), which this client does not have. Pass messageToken to createMpClient, and encodingAESKey if the messages are encrypted.":
        [
          "客户端没有令牌（Token），不能验证消息的签名。",
          "给 `createMpClient` 传 `messageToken`；加密的消息还要传 `encodingAESKey`。",
        ],
      "isBase64Encoded is true, but body is not base64.": [
        "`isBase64Encoded` 是 `true`，`body` 却不是 base64。",
        "把 Serverless 函数的 `body` 和 `isBase64Encoded` 原样传入。",
      ],
      'body must be the raw bytes or the raw text of the request, not {body}. {why}: in Express, use express.raw({ type: "*/*" }) for this route instead of express.json().':
        [
          "`body` 不是原始字节或原文。签名按原始字节计算，解析过的 JSON 验签不会通过。",
          '在 Express 里，这个路由用 `express.raw({ type: "*/*" })`，不要用 `express.json()`；其他框架见[框架](frameworks.md)。',
        ],
      "{field} has half of a surrogate pair (U+{half}) at position {at}, which is not a character. Remove it, or add its other half.":
        [
          "文字里有半个字符（落单的代理项），多半是按长度截断时把 emoji 切成了两半。",
          '按字符截断：`[...text].slice(0, n).join("")`。',
        ],
      "The first argument must be a client from {maker}, not {client}. A copy of a client, such as { ...client }, does not work: make another client.":
        [
          "第一个参数不是客户端。`{ ...client }` 复制出来的不能用。",
          "传 `createPayClient` 或 `createMpClient` 返回的客户端；要换设置就另建一个。",
        ],
      "The first argument must be a client from {maker}; it is one from {maker}.": [
        "客户端传反了：微信支付的函数要 `createPayClient` 的，公众号的函数要 `createMpClient` 的。",
        "换成对应的客户端。",
      ],
      "digestInWorker takes a Blob or a File, not {file}: digest takes every source.": [
        "`digestInWorker` 只收 `Blob` 和 `File`。",
        "其他来源用 `digest`。",
      ],
      'algorithm must be "SHA-1" or "SHA-256", not {algorithm}.': [
        "摘要算法写错了。",
        '写 `"SHA-1"` 或 `"SHA-256"`。',
      ],
      "createWorker must return a Web Worker, not {worker}: it has no function {method}.": [
        "自己传的 `createWorker` 没有返回 Web Worker，多半是漏了 `return`，或返回了 Promise，或用了 Node 的 `worker_threads`。",
        '返回 `new Worker(url, { type: "module" })`。',
      ],
      "digest() was called before, so this {algorithm} takes no more bytes. Create another one with createHasher.":
        ["已经取过摘要，不能再加数据。", "用 `createHasher` 新建一个。"],
      "update takes a Uint8Array, not {bytes}.": [
        "`update` 只收字节。",
        "字符串用 `new TextEncoder().encode(text)` 转，`ArrayBuffer` 用 `new Uint8Array(buffer)` 转。",
      ],
      "This runtime has no WebCrypto (crypto.subtle). A page has it only over https and on localhost.":
        [
          "没有 `crypto.subtle`，不能签名，也不能验签。网页用 http 打开、又不是 localhost 时就没有它。",
          "改用 https 打开，或用 localhost。",
        ],
      "body must be {wanted}, not {body}.": [
        "请求体要传普通对象，由本库转成 JSON。`payRequest` 也收数组和写好的 JSON 字符串。",
        "传对象；公众号接口不要先 `JSON.stringify`。",
      ],
      "body cannot be written as JSON: it has a BigInt, contains itself, or is nested too deeply.":
        [
          "请求体转不成 JSON：里面有 `BigInt`，或循环引用，或嵌套太深。",
          "`BigInt` 改成数字或字符串，去掉循环引用，减少嵌套。",
        ],
      "The header {name} must be one line of printable ASCII characters, not {value}. Nothing was sent.":
        [
          "要写进请求头的值里有换行、控制字符或非 ASCII 字符。请求没有发出去。",
          "检查传给客户端和这次调用的编号、序列号等选项，去掉换行和多余的字符。",
        ],
      "This fetch sends a stream as text.": [
        "这个 `fetch` 不支持流，会把它当成 `[object ReadableStream]` 发出去。内部使用，一般看不到。",
        "看到了请带上运行时版本提 issue。",
      ],
      "query must be an object of parameters, not {query}.": [
        "`query` 要传参数对象。",
        '例如 `{ type: "image" }`，不要传查询串。',
      ],
      "query.{name} must be a string, a finite number or a boolean, not {value}.": [
        "查询参数的值只能是字符串、有限的数字或布尔值。",
        "转成字符串；没有值的参数不要传。",
      ],
      "fetch must return a Response with status and headers.get(name), not {response}.": [
        "`fetch` 没有返回 `Response`：测试里的 mock 没写返回值，或者返回的是 axios、`wx.request`、`undici.request` 那样的对象。请求已经发出，不会再发。",
        "返回 `new Response(…)`，或带 `status`、`headers.get(name)` 和 `arrayBuffer()` 的对象。",
      ],
      "fetch must return a Response that can be read: {error}.": [
        "`fetch` 返回的应答有 `arrayBuffer()`，但运行环境没有实现它，例如旧的 React Native。请求已经发出，不会再发。",
        "换一个有 `arrayBuffer()` 的 `fetch`，或用 `XMLHttpRequest` 的 `arraybuffer` 自己写一个。",
      ],
      "fetch must return a Response with a web stream of bytes as body or arrayBuffer(), not {body}.":
        [
          "`fetch` 返回的应答读不出字节：`body` 不是 Web 的流，也没有 `arrayBuffer`；或者它们给的是字符串。请求已经发出，不会再发。",
          "给应答加上返回原样字节的 `arrayBuffer()`，或返回 `new Response(…)`。只有 `text()` 不行：验签要原样的字节。",
        ],
      "fetch must return a Response that was not read before. Read response.clone() instead.": [
        "`fetch` 返回的应答已经被读过，多半是外面包了一层打日志的代码。请求已经发出，不会再发。",
        "打日志读 `response.clone()`，把原来的 `response` 返回。",
      ],
      "now must return milliseconds since 1970 as a number, not {ms}.": [
        "自己传的 `now` 返回的不是毫秒数，多半是返回了 `Date`。",
        "返回 `Date.now()` 那样的数字。",
      ],
      "createMpClient needs secret or getAccessToken, one of the two; {…} given. With secret the client takes its own tokens, with getAccessToken they come from you.":
        [
          "`secret` 和 `getAccessToken` 要传且只传一个（`neither was given` 是都没传，`both were given` 是都传了）。",
          "客户端自己获取 access_token 就传 `secret`；用中控服务器就传 `getAccessToken`。",
        ],
      "tokenStore cannot be used with getAccessToken: tokens that come from you are not stored here.":
        [
          "用了 `getAccessToken`，access_token 由你提供，不用 `tokenStore`。",
          "去掉 `tokenStore`，在中控服务器里缓存。",
        ],
      'token must be "stable" or "plain", not {kind}.': [
        "`token` 选项写错了。",
        '稳定版写 `"stable"`（默认），普通的写 `"plain"`。',
      ],
      '{name} must be an http or https address without query and user name, such as "https://api2.weixin.qq.com", not {value}.':
        [
          "`baseUrl` 或 `fileBaseUrl` 不是完整的地址，或带了查询串、用户名。",
          "写成 `https://api2.weixin.qq.com` 这样。",
        ],
      "method must be GET or POST, not {method}.": [
        "公众号接口只有 GET 和 POST。",
        "用大写的 `GET` 或 `POST`。",
      ],
      "query must not have access_token: the client adds it.": [
        "access_token 由客户端自己加，不用传。",
        "从 `query` 里去掉。",
      ],
      "A GET has no body: pass its parameters in query.": [
        "GET 请求没有请求体。",
        "参数放进 `query`。",
      ],
      'path must be a path without a query, such as "/cgi-bin/material/get_materialcount", not {path}.':
        ["`path` 要以 `/` 开头，不带域名和查询串。", "参数放进 `query`。"],
      "getAccessToken must return a token of printable ASCII characters without spaces, not {value}.":
        [
          "`getAccessToken` 返回的不是 access_token：返回了整个 JSON、`undefined`，或带了换行。",
          "只返回 access_token 字符串本身。",
        ],
      "The options of {what} must be an object, such as { {…} }, not {options}.": [
        "选项要传对象。",
        "例如把 `signal` 写成 `{ signal }`。",
      ],
      "{what} has no option {name}. Did you mean {near}?": [
        "选项名拼错了。",
        "改成报错里建议的名字。",
      ],
      "{name} must be {wanted}, not {value}.": [
        "选项的类型不对。数字越界时类是 `RangeError`。",
        "照 `must be` 后面说的传：`a whole number` 是整数，`a number of milliseconds` 是毫秒数，`a function` 是函数，`true or false` 是布尔值，`the AppID of the account` 是公众号的 AppID，`the AppSecret of the account` 是它的 AppSecret，`the merchant number` 是商户号，`the serial number of the merchant API certificate` 是商户 API 证书序列号。",
      ],
      "{what} needs {shape}, not {input}.": [
        "函数要的对象没有传，或传成了别的。",
        '照报错里的样子传，例如 `{ type: "image" }`。',
      ],
      "{field} must be a string that is not empty.": [
        "`mediaReplyXml` 的 `ToUserName`、`FromUserName` 是空字符串。",
        "填上：分别是收到的消息里的 `FromUserName` 和 `ToUserName`。",
      ],
      "{name} must be a string, not {value}.": ["这个参数要传字符串。", "传字符串。"],
      "{option} must be { {names} }{or}, not {value}.": [
        "这个选项要传对象，字段就是报错里列的这些。",
        "传对象；`retry` 也可以传 `false`，表示不重试。",
      ],
      "{option} has no {wrong}; it has {names}.": [
        "选项里有不认识的字段，多半是拼错了。",
        "用报错末尾列出的字段名。",
      ],
      "nonce must return 1 to 32 letters and digits, not {nonce}.": [
        "自己传的 `nonce` 函数返回的随机串不合格。",
        "返回 1 到 32 位字母和数字。",
      ],
      'path must be an encoded path, such as "/v3/certificates", not {path}.': [
        "要签名的路径必须以 `/` 开头、不带域名，并且已经编码，和发出去的一字不差。",
        "例如 `new URL(url).pathname + new URL(url).search`。",
      ],
      "readHtml must return { text, tags, pictures }, not {facts}.": [
        "`readHtml` 的返回值不对，多半是写成了异步函数。",
        "传 `@wechat-edge/mp-publish/html` 的 `readHtml`。",
      ],
      "count must return a number, not {counted}.": [
        "自己传的 `count` 没有返回数字。",
        "返回字数。",
      ],
      "body must be a Uint8Array, not {body}. Pass an empty one for no body.": [
        "要签名的请求体必须是字节。",
        "字符串用 `new TextEncoder().encode(text)` 转；没有请求体就传 `new Uint8Array()`。",
      ],
      'region must be "mainland" or "global", not {region}.': [
        "`region` 写错了。",
        '境内写 `"mainland"`，境外（WeChat Pay Global）写 `"global"`。',
      ],
      'certificatePath must be an encoded path, such as "/hk/v3/certificates", not {path}.': [
        "下载平台证书的路径不对。",
        "写成 `/hk/v3/certificates` 这样，不带域名。",
      ],
      'baseUrl must be an http or https origin without a path, such as "https://api2.mch.weixin.qq.com", not {baseUrl}.':
        [
          "微信支付的路径要参与签名，所以 `baseUrl` 只能是域名，不能带路径、查询串。",
          "写成 `https://api2.mch.weixin.qq.com` 这样。",
        ],
      "platformKeys must be an array of { platformKeyId, key }, not {platformKeys}.": [
        "`platformKeys` 要传数组。",
        '`[{ platformKeyId: "PUB_KEY_ID_…", key: "-----BEGIN PUBLIC KEY-----…" }]`。',
      ],
      "createPayClient needs apiV3Key, or platformKeys with at least one { platformKeyId, key }: without them no reply can be verified. With brandId, apiV3Key needs certificatePath too.":
        [
          "没有微信支付公钥或平台证书就无法验签。",
          "有微信支付公钥传 `platformKeys`；用平台证书传 `apiV3Key`；正在切换就两个都传。",
        ],
      "{name} must be {wanted}, not {what}.": [
        "这个参数传的是别的东西：报错里写了传的是什么，这里要什么。",
        "按报错改；序列号、商户号、公钥 ID、APIv3 密钥、私钥不要互换。",
      ],
      'Write it without blanks, colons, quotes, "0x" and "serial=": {id}': [
        "从 openssl 或证书查看器复制的序列号带了空格、冒号、`serial=` 等。",
        "照报错末尾给出的写。",
      ],
      "createPayClient needs mchid or brandId, one of the two.": [
        "`mchid` 和 `brandId` 同时传了：商户和品牌的证书、密钥各是各的。",
        "只传一个；两个都要用就创建两个客户端。",
      ],
      "metaKeys must be an array of names, not {metaKeys}.": [
        "`metaKeys` 传成了字符串或别的值。",
        '传数组，列出 `meta` 可以有的字段名，例如 `["bank_type"]`。',
      ],
      "hash_type must be SHA1 or SHA256, not {hash_type}. For another digest, pass download_url alone, and compare the file yourself.":
        [
          "`hash_type` 只能核对 SHA1 和 SHA256；有 `hash_value` 就要有 `hash_type`。",
          "两个字段都照微信的应答原样传；SM3 等其他摘要，只传 `download_url`，下载后自己核对。",
        ],
      "hash_value must have {digits} hexadecimal digits, not {hash_value}.": [
        "`hash_value` 缺了，或不是完整的十六进制摘要。",
        "照微信的应答原样传，不要截断，也不要加空格。",
      ],
      "downloadPayFile needs download_url or path, not {…}.": [
        "传的对象里既没有 `download_url`，也没有 `path`。",
        "账单传微信应答的 `{ download_url, hash_type, hash_value }`，投诉图片传 `{ download_url: media_url }`，其他的传 `{ path }`。",
      ],
      "download_url must be the https address that WeChat Pay answered with, not {download_url}.": [
        "`download_url` 不是完整的网址。",
        "照微信的应答原样传；只有路径的，传 `{ path }`。",
      ],
      "download_url is at {origin}, neither WeChat Pay's nor this client's baseUrl ({baseUrl}): a signed request is not sent there.":
        [
          "`download_url` 的域名既不是微信支付的，也不是客户端的 `baseUrl`；带商户签名的请求不会发到别处。",
          "核对 `download_url` 的来源；经过中转的，把中转的地址设为 `baseUrl`。",
        ],
      "path is {path}; a client with brandId signs for paths that begin with /brand/. For others make one with mchid.":
        ["品牌的客户端只能调用 `/brand/` 下的接口。", "其他接口用传 `mchid` 的客户端。"],
      "path is {path}; it is signed for a brand. Make a client with brandId in place of mchid.": [
        "`/brand/` 下的接口要用品牌 ID 签名。",
        "另外创建一个传 `brandId` 的客户端。",
      ],
      "meta must not have {key}: it is filled in from the file. Leave it out, or name that key in filenameKey or digestKey.":
        [
          "`meta` 里写了文件名或摘要的字段，它们由库按文件填写。",
          "从 `meta` 里去掉；字段名不同时，用 `filenameKey`、`digestKey` 指定。",
        ],
      "meta has {key}, which {path} does not take; it takes {…}.": [
        "`meta` 里有这个接口不认识的字段。",
        "改成消息里列出的字段；确实需要别的字段，在 `metaKeys` 里加上。",
      ],
      "meta cannot be written as JSON: it has a BigInt, contains itself, or is nested too deeply.":
        [
          "`meta` 写不成 JSON：里面有 BigInt，或者引用了自己，或者嵌套太深。",
          "把 BigInt 转成字符串或数字，去掉循环引用，减少嵌套。",
        ],
      "The name of a part must be letters, digits, _, - and dots, not {name}.": [
        "表单段的名称（`part` 或 `fields` 的键）含有别的字符。",
        "名称只用字母、数字、`_`、`-` 和点。",
      ],
      "The form would have two parts named {twice}.": [
        "表单里会出现两个同名的段。",
        "改 `part` 或 `fields` 的名称；`meta` 这个名称已被占用。",
      ],
      'contentType must be a MIME type such as "image/png", not {wrong}.': [
        "`contentType` 不是 MIME 类型。",
        "传 `image/png` 这样的类型，或按后缀各传一个。",
      ],
      "digest is given, but digestKey is false: name the key that it goes into.": [
        "传了 `digest`，`digestKey` 却是 `false`，摘要没有地方放。",
        "在 `digestKey` 里写上字段名，或者不传 `digest`。",
      ],
      "digest must be or return {digestLength} hexadecimal digits, not {digest}. For an algorithm with another length set digestLength.":
        [
          "`digest`（或它的返回值）不是这么长的十六进制摘要，例如返回了字节或 Base64。",
          "返回十六进制字符串；算法的长度不同，就设置 `digestLength`。",
        ],
      "digest is a function, but a stream is not read before it is sent: pass the digest itself.": [
        "`digest` 是函数，传的却是流：流在发送之前还没有读，算不出摘要。",
        "先算好摘要，`digest` 传字符串。",
      ],
      "{name} must be {…}, not {value}.": ["这个字段的值不在消息所列之中。", "改成其中一个。"],
      "{name} must be an id of letters, digits, _, - and dots, not {value}.": [
        "路径里的编号为空，或者含有别的字符。",
        "只传编号本身，不要传路径。",
      ],
      'file_type must be "PDF" or "OFD", not {file_type}.': [
        "发票文件类型写错了。",
        '用大写的 `"PDF"` 或 `"OFD"`。',
      ],
      "region_id must be a number such as 310100, not {region_id}.": [
        "`region_id` 不是数字。",
        "传地区编码的数字，例如 310100。",
      ],
      "digest must be the SM3 of the file in hexadecimal, or a function that computes it: WebCrypto has no SM3.":
        [
          "没有传 `digest`。这个接口要 SM3 摘要，WebCrypto 算不了。",
          '传十六进制的 SM3，或一个计算它的函数，例如 Node 的 `createHash("sm3")`。',
        ],
      "item_id must be the id of an item, such as 56, not {item}.": [
        "`item_id` 不是资料项的编号。",
        "传查询接口返回的资料项编号。",
      ],
      "consultation_phone_number must be the ciphertext of encryptSensitive, not {phone}.": [
        "售后电话没有加密。",
        "先用 `encryptSensitive` 加密，传它返回的 `ciphertext`。",
      ],
      "consultation_phone_number is encrypted, so platformKeyId is needed: encryptSensitive returned it with the ciphertext.":
        [
          "传了加密的售后电话，没有传 `platformKeyId`。",
          "把 `encryptSensitive` 一并返回的 `platformKeyId` 传进来。",
        ],
      'path must be an encoded path of WeChat Pay v3, such as "/v3/merchant-service/images/upload", not {path}.':
        [
          "`path` 要以 `/v3/` 开头，不带域名，中文和特殊字符要先编码。",
          "参数用 `encodeURIComponent` 编码后拼进路径。",
        ],
      "method must be GET, POST, PUT, PATCH or DELETE, not {method}.": [
        "请求方法写错了。",
        "用大写的 `GET`、`POST`、`PUT`、`PATCH` 或 `DELETE`。",
      ],
      "headers must be a Headers object, not {headers}.": [
        "验签的 `headers` 要有 `get` 方法。",
        "传 `response.headers`，或 `new Headers(object)`。",
      ],
      "body must be a Uint8Array, not {body}. For a Response, pass new Uint8Array(await response.arrayBuffer()).":
        [
          "验签要用收到的原始字节，不能是解析过的 JSON。",
          "`new Uint8Array(await response.arrayBuffer())`。",
        ],
      "{what} must be {FILES}. It was {input}.{…}": [
        "传的不是文件。",
        "传 `File`、`Blob`、字节数组、`ArrayBuffer` 或 `{ name, size, read(start, end) }`；单次请求的上传也可以传 `{ name, size, stream }`。后半句说明你传的该怎么转，见下面几行。",
      ],
      "A ReadableStream can be read only once: pass { name, size, stream }, or collect it with new Response(stream).blob().":
        [
          "直接传了流，流只能读一次。",
          "边收边传就传 `{ name, size, stream }`；否则 `await new Response(stream).blob()`。",
        ],
      'A stream of Node can be read only once: pass new File([await readFile(path)], "licence.jpg").':
        [
          "传了 Node 的流（如 `createReadStream`），它只能读一次。",
          '传 `new File([await readFile(path)], "licence.jpg")`；大文件用文件句柄做成 `{ name, size, read }`。',
        ],
      "Pass its content: await {…}.blob().": [
        "传了 `Response` 或 `Request` 本身。",
        "传内容：`await response.blob()`。",
      ],
      "Pass its bytes: new Uint8Array(view.buffer, view.byteOffset, view.byteLength).": [
        "传了 `DataView` 或别的类型的数组。",
        "转成 `Uint8Array`：`new Uint8Array(view.buffer, view.byteOffset, view.byteLength)`。",
      ],
      "Pass one file at a time.": [
        "传了数组或 `FileList`。",
        "一次传一个文件，例如 `input.files[0]`。",
      ],
      "Pass a file handle as { name, size, read(start, end) }.": [
        "直接传了 Node 的文件句柄（`FileHandle`）。",
        "包成 `{ name, size, read }`，`read(start, end)` 返回这一段的 `Uint8Array`。",
      ],
      "Pass its bytes: new File([file.buffer], file.originalname).": [
        "传了 multer 一类中间件的文件对象。",
        "传 `new File([file.buffer], file.originalname)`。",
      ],
      "Read the file first: await (await fetch(file.uri)).blob().": [
        "传了 React Native 的 `{ uri, type, name }`，里面没有文件内容。",
        "先 `await (await fetch(file.uri)).blob()`，再加上文件名：`createSource(blob, { name: file.name })`。",
      ],
      "It is a form: pass the file in it.": [
        "传的是整个表单，不是其中的文件。",
        "传其中的文件：`form.get(name)`。",
      ],
      "It has no function read.": [
        "对象有 `size`，没有 `read` 函数。",
        "加上 `read(start, end)`，返回这一段的 `Uint8Array`。",
      ],
      "Download it first, or use createUrlSource(url).": [
        "传了网址。",
        "先下载；或用 `await createUrlSource(url)` 按段读。",
      ],
      "This call takes no stream: collect it with new Response(stream).blob().": [
        "这个函数要重复读文件，不收流。",
        "`await new Response(stream).blob()`。",
      ],
      "Its stream must be a ReadableStream; Readable.toWeb(stream) makes one of a stream of Node.":
        ["`stream` 不是 `ReadableStream`。", "Node 的流用 `Readable.toWeb(stream)` 转。"],
      "Decode it first: await (await fetch(dataUrl)).blob().": [
        "传了 `data:` 地址。",
        "先解码：`await (await fetch(dataUrl)).blob()`。",
      ],
      "If it is base64, decode it first: Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).": [
        "传了长字符串，看着像 base64。",
        "先解码：`Uint8Array.from(atob(text), (c) => c.charCodeAt(0))`。",
      ],
      'If it is a path, read the file first: new File([await readFile(path)], "licence.jpg").': [
        "传了字符串，看着像文件路径。",
        '先读文件：`new File([await readFile(path)], "licence.jpg")`。',
      ],
      "size must be the length of the file in whole bytes, not {size}.": [
        "文件的 `size` 要是字节数。",
        "传非负整数；从请求头读到的要用 `Number()` 转。",
      ],
      "read(start, end) must return a Uint8Array, not {value}.": [
        "自己写的 `read` 返回的不是 `Uint8Array`。",
        "返回正好 `end - start` 个字节的 `Uint8Array`。",
      ],
      "headers must be an object of strings, not {headers}.": [
        "`createUrlSource` 的 `headers` 要传普通对象，值是字符串。",
        "`Headers` 用 `Object.fromEntries(headers)` 转。",
      ],
      "headers has {field}, which is not a valid header: a name may have letters, digits and hyphens, a value Latin characters on one line.":
        [
          "请求头不合格：名字只能有字母、数字和连字符，值不能有中文和换行。",
          "去掉换行，中文先编码。",
        ],
      "url must be an absolute http or https address without a user name, not {url}.": [
        "`createUrlSource` 要完整的 `http` 或 `https` 地址，不能带用户名和密码。",
        "写完整的地址；需要鉴权就用 `headers`。",
      ],
      "{name} must be a store with the functions get(key) and set(key, value, { ttl }), such as a Map, not {store}.":
        [
          "`tokenStore`、`certificateCache` 或 `store` 缺少 `get` 或 `set` 函数。",
          "传 `Map`、Workers KV 等；Redis 之类自己包一层 `{ get, set }`。",
        ],
      "limits must be {…} or an object of single limits, not {option}.": [
        "没有这个 profile。",
        "用报错里列出的名字，或传对象单独改某几项限制。",
      ],
      "limits.{name} must be {wanted}, not {value}.": [
        "某项限制的类型不对，这样会等于关掉检查。",
        "照 `must be` 后面说的传：`a number` 是数字，`a boolean` 是布尔值。",
      ],
      "size must be the length of the stream in whole bytes, not {size}.": [
        "传流时要先知道总字节数。",
        '例如 `Number(request.headers.get("content-length"))`；不知道就先收成 `Blob`。',
      ],
      "sha256 must be the SHA-256 of the file in 64 hexadecimal digits, not {sha256}: it is sent before the stream is read.":
        [
          "微信支付的摘要要在文件之前发出，边收边传时必须事先知道 SHA-256。",
          "由上传方先算好传来，64 位十六进制；不知道就先收成 `Blob` 再传。",
        ],
      "The stream is locked: it is being read already. Pass another.": [
        "流已经有人在读（locked）。",
        "每次上传用一个新的流。",
      ],
      "The chunks of the stream must be Uint8Arrays; one was {value}.": [
        "流里出来的不是字节，例如字符串。",
        "文字流先过 `new TextEncoderStream()`。",
      ],
      "media_id must be a string that is not empty, not {media_id}.": [
        "没有传 `media_id`，或是空的。",
        "传上传时返回的 `media_id`。",
      ],
      "files must be an array of { type, file }, not {files}.": [
        "`refreshKeptMedia` 要传数组。",
        '例如 `[{ type: "image", file }]`。',
      ],
      "type must be one of {…}, not {type}: WeChat answers 40004 invalid media type to others.": [
        "素材类型写错了，微信会返回 40004。",
        "用 `image`、`voice`、`video` 或 `thumb`。",
      ],
      "type must be one of {…}, not {type}.": [
        "`listMaterial` 的 `type` 写错了，缩略图算在图片里。",
        "用 `image`、`voice`、`video` 或 `news`。",
      ],
      'description is for type "video" alone, not for {type}.': [
        "只有永久视频素材才有 `description`。",
        "去掉它。",
      ],
      "A video needs description: { title, introduction }; both are strings, and title is not empty.":
        ["永久视频素材必须有标题和简介。", '传 `description: { title: "…", introduction: "…" }`。'],
      "MsgType must be one of {…}, not {MsgType}.": [
        "被动回复的 `MsgType` 不对。",
        "用报错里列出的类型。",
      ],
      "CreateTime must be Unix seconds, not {CreateTime}.": [
        "`CreateTime` 要是秒，整数。",
        "`Math.floor(Date.now() / 1000)`。",
      ],
      "A reply of MsgType {MsgType} needs the field {name}.": [
        "被动回复缺少和 `MsgType` 对应的部分，例如 `image` 要有 `Image`。",
        "补上这个字段。",
      ],
      "Articles must be an array of 1 to {MAX_ARTICLES} articles, not {…}.": [
        "被动回复图文消息，`Articles` 要传数组，1 到 8 条。",
        '例如 `[{ Title: "…", Url: "https://…" }]`。',
      ],
      "TransInfo needs KfAccount, the account of one 客服.": [
        "转给指定客服时缺少 `KfAccount`。",
        "填上客服账号；不指定客服就不要传 `TransInfo`。",
      ],
      "{name} needs {field}, the media_id.": [
        "被动回复里缺少 `media_id`。",
        "填上 `MediaId`（音乐是 `ThumbMediaId`）。",
      ],
      "{name} is not a valid field name in a reply.": [
        "被动回复里有非法的字段名，只能是字母。",
        "用微信文档里的字段名。",
      ],
      "{name} must be a string without the characters that XML does not allow, not {text}.": [
        "被动回复的字段不是字符串，或有 XML 不允许的控制字符。",
        "去掉控制字符。",
      ],
      "appid must be wx followed by letters or digits, not {appid}.": [
        "小程序的 AppID 不对。",
        "写 `wx` 开头的 AppID，不是原始 ID（`gh_…`）。",
      ],
      "{name} must be a string that is not empty, not {value}.": [
        "必填的参数没有传，或是空的。",
        "传非空字符串；ID 是数字的也写成字符串。",
      ],
      "{name} must be an http or https address, not {value}.": [
        "要传 `http` 或 `https` 地址。",
        "写完整的地址。",
      ],
      'target must be "publish-library" or "draft", not {target}.': [
        "`target` 写错了。",
        '草稿写 `"draft"`，发布库（媒体 API）写 `"publish-library"`。',
      ],
      "articles must be an array of {wanted}, not {articles}.": [
        "`articles` 要传数组。",
        "一篇也写成 `[article]`。",
      ],
      "articles must be one article, not {articles}: draft/update takes one at a time.": [
        "更新草稿一次只改一篇，`articles` 传一个对象，不是数组。",
        "传对象，用 `index` 指明第几篇。",
      ],
      "articles must be one article, not {articles}: publish/update takes one at a time.": [
        "发布库更新一次只改一篇，`articles` 传一个对象，不是数组。",
        "传对象。",
      ],
      "A preview needs openid or wxname, not both: it goes to one phone.": [
        "预览只发给一个人，`openid` 和 `wxname` 只能传一个。",
        "留一个。",
      ],
      "event must be of the publication {publish_id}, not of {publish_id}: pass each event to the job whose state has its publish_id.":
        ["传的是另一次发布的事件。", "按 `publish_id` 找到对应的任务，再传给它。"],
      "The promise of event must be of {SHAPE}, not of {value}.": [
        "`event` 的 Promise 得到的不是 PUBLISHJOBFINISH 事件。",
        "让它得到事件本身，带有 `PublishEventInfo`。",
      ],
      "declare_ori must be 0 or 1, not {declare_ori}.": [
        "原创声明 `declare_ori` 只能是 0 或 1。",
        "写数字 0 或 1。",
      ],
      "{name} must be the name or the number of a category, not {value}.": [
        "`newcat`、`newsbcat` 是视频的一级、二级类目，微信没有公布类目表。",
        "传类目的名称或编号。",
      ],
      "tags must be a list of strings, or a string, not {tags}.": [
        "`tags` 要传字符串数组，或一个字符串。",
        '例如 `["茶", "生活"]`。',
      ],
      "filesize must be a whole number of bytes of at least 1, not {filesize}.": [
        "视频的 `filesize` 要是字节数。",
        "传大于 0 的整数。",
      ],
      "bytes must be a Uint8Array, not {bytes}.": ["这一块的数据要传字节。", "传 `Uint8Array`。"],
      "{name} must be a SHA-1 in 40 hexadecimal digits, not {value}.": [
        "SHA-1 要是 40 位十六进制。",
        '用 `digest(file, "SHA-1")` 算。',
      ],
      "replace must return an address or undefined, not {other}.": [
        "替换函数返回的不是地址。",
        "返回新地址；不换就返回 `undefined`。",
      ],
      "article.content has {VIDEO_MARK}, but the job has no video. Pass video, or remove the mark.":
        [
          "正文里有视频的位置 `<!-- video -->`，任务却没有 `video`。",
          "传 `video`，或去掉这个标记。",
        ],
      "images has {…}, but article.content shows no picture with that address. Use the very address of the content, and check that the HTML before it is not broken.":
        [
          "`images` 里有这张图，正文里却没有这个地址的图片。",
          "`images` 的键要和正文 `src` 里写的一字不差；再看它前面的 HTML 有没有没闭合的引号或标签。",
        ],
      'article.article_type must be "news" or "newspic", or be left out, not {article_type}.': [
        "任务的 `article_type` 只能是 `news` 或 `newspic`，或者不写。",
        '图片消息写 `"newspic"`；图文不写。',
      ],
      "until must be one of {…}, not {until}.": [
        "没写做到哪一步，或写错了。发布不能撤销，所以没有默认值。",
        '写 `"uploaded"`、`"submitted"` 或 `"published"`。',
      ],
      "article must have a title, a string, not {…}.": ["图文缺少标题。", "填 `article.title`。"],
      "article.content must be HTML or a function that returns it, not {content}.": [
        "正文要是 HTML 字符串，或返回 HTML 的函数。",
        "填 `article.content`。",
      ],
      "cover must be a picture, or the { media_id } of one in the material library, not {cover}.": [
        "封面没有传，或类型不对。",
        "传图片文件，或素材库里图片的 `{ media_id }`。",
      ],
      "article.content has no {VIDEO_MARK}: put it where the video belongs.": [
        "任务有 `video`，正文里却没写放在哪里。",
        "在要放视频的位置写 `<!-- video -->`。",
      ],
      'target must be "draft" for a picture message, not {target}.': [
        "图片消息只能由草稿发布。",
        '写 `target: "draft"`。',
      ],
      "article.content of a picture message must be plain text, a string, not {content}.": [
        "图片消息的正文是纯文本，不能是函数。",
        "传字符串。",
      ],
      "A picture message must be without {name}: {why}. Leave it out.": [
        "图片消息没有封面和视频，图片由 `images` 生成。",
        "去掉这个字段。",
      ],
      "images of a picture message must be an array of its pictures in their order, not {images}.":
        ["图片消息的 `images` 是数组，不是对象。", "按顺序写成 `[第一张, 第二张]`。"],
      "images of a picture message must be 1 to {MAX_PICTURES} pictures, not {length}.": [
        "图片消息要有 1 到 20 张图片。",
        "增减图片。",
      ],
      "video must be { file, details }, or { vid, media_id } of a video in the material library, not {video}.":
        [
          "`video` 的写法不对。",
          "要上传就传 `{ file, details }`；已在素材库就传 `{ vid, media_id }`。",
        ],
      "video.details must be what saveVideo needs: { title, video_desc, declare_ori, newcat, newsbcat, tags, cover_url }, not {details}.":
        ["缺少视频的信息。", "照报错里列的字段传 `video.details`。"],
      "video.approved must be true, or left out where the job should ask, not {approved}.": [
        "`approved` 表示你确知视频已过审。",
        "写 `true`；不确定就不写，任务会去查。",
      ],
      "event was passed, but the job knows of no submission. Pass it with a state that has a publish_id, or after an OutcomeUnknownError.":
        [
          "任务还没有提交过草稿，却传了发布结果的事件。",
          "带上有 `publish_id` 的状态；或在 `OutcomeUnknownError` 之后传。",
        ],
      "resolution.media_id must be the media_id of a draft with the title {title}; the draft {media_id} has the title {…}.":
        [
          "查到的草稿标题和任务不一样，不是同一篇。",
          "在【草稿箱】或 `listDrafts` 里找标题一样的那篇，传它的 `media_id`。",
        ],
      "resolution was passed, but the outcome of no step is unknown. Pass it only after an OutcomeUnknownError, or for a draft that was published by hand.":
        [
          "这个任务没有待确认的步骤，却传了 `resolution`。抛出的是 `TypeError`。",
          "去掉 `resolution`。只在 `OutcomeUnknownError` 之后，或草稿已手动发表时才传。",
        ],
      "resolution is for the attempt {attempt}, which nobody waits for any more: it was answered already, or it belongs to something else. Nothing was sent. Go on without this resolution.":
        [
          "这个答案对应的那次尝试已经有结果了，一个答案只能用一次。没有发出任何请求。",
          "去掉 `resolution` 再运行；只有状态里有 `attempt` 时才传。",
        ],
      "resolution must name the attempt that it answers, which the OutcomeUnknownError has: {pending}, not {resolution}.":
        [
          "`resolution` 没有写明针对哪一次尝试。",
          '写上 `OutcomeUnknownError` 的 `attempt`：`{ attempt, media_id }`，或 `{ attempt, outcome: "nothing" }`。',
        ],
      'resolution must be { attempt, media_id } or { attempt, outcome: "nothing" } after the article was sent. Ids are strings.':
        [
          "图文有没有传上去还不确定，`resolution` 的写法不对。",
          '查到了传 `{ attempt, media_id }`，没有就传 `{ attempt, outcome: "nothing" }`；ID 是字符串。',
        ],
      'resolution must be { article_id } or { url } of the published article, or { publish_id } of a submission that the job does not know of; after an OutcomeUnknownError with its attempt, or { attempt, outcome: "nothing" }. Ids are strings.':
        [
          "有没有提交发布还不确定，`resolution` 的写法不对。",
          '已发布传 `{ article_id }` 或 `{ url }`；已提交传 `{ publish_id }`（在事件 `PUBLISHJOBFINISH` 里）。在 `OutcomeUnknownError` 之后要加上它的 `attempt`；查明没有提交，传 `{ attempt, outcome: "nothing" }`。ID 是字符串。',
        ],
      "resolution must be of the article with the title {title}; the {what} is of one with the title {…}. If its title was changed by hand, pass its url in place of it.":
        [
          "查到的图文标题和任务不一样，不是同一篇。",
          "传这篇图文自己的 ID；标题被手动改过，就传它的 `url`。",
        ],
      "resolution.url must be the address of an article, which begins with https://mp.weixin.qq.com/, not {url}.":
        [
          "`resolution.url` 不是公众号图文的地址。",
          "传已发布图文的链接，以 `https://mp.weixin.qq.com/` 开头。",
        ],
      "restartVideo must be of a video that the job uploads; {vid} was there already. Begin a new job with another video.":
        ["这个视频本来就在素材库里，任务没有它的文件，无法重新上传。", "换一个视频，新建任务。"],
      "restartVideo came too late for {vid}: the article {media_id} shows it already. Begin a new job without the state.":
        ["图文已经新增，里面用的就是这个视频。", "不带状态新建任务。"],
      "resolution was passed, but the outcome of no save is unknown. Pass it with the checkpoint, after an OutcomeUnknownError.":
        [
          "这次上传没有待确认的保存，却传了 `resolution`。",
          "去掉它；只在 `OutcomeUnknownError` 之后，连同断点一起传。",
        ],
      "resolution must be {…}, with the attempt of the OutcomeUnknownError, not {resolution}.": [
        "视频有没有保存还不确定，`resolution` 的写法不对。",
        '素材库里有就传 `{ attempt, media_id }`，没有就传 `{ attempt, outcome: "nothing" }`，`attempt` 在错误里。',
      ],
      "resolution.media_id must be the media_id of the video {vid}; {media_id} is that of {vid}.": [
        "这个 `media_id` 是另一个视频的。",
        "在素材库里找到这个 `vid` 的视频，传它的 `media_id`。",
      ],
    },
  },
  RangeError: {
    title: "数值超出范围",
    about: "JavaScript 自己的类，没有 `code`：调用写错了，什么都没有发出。",
    cause: "数字太小、太大，或不是整数。",
    cure: "照报错说的传。",
    rows: {
      "rate.calls must be a whole number of at least 1, and rate.per a number of milliseconds above 0, not {calls} and {per}.":
        [
          "`rate` 的数值不对。",
          "`calls` 是至少为 1 的整数，`per` 是大于 0 的毫秒数；不限速就传 `false`。",
        ],
      "retry.attempts must be a whole number of at least 1, not {attempts}.": [
        "`retry.attempts` 是总共试几次，包括第一次。",
        "传不小于 1 的整数；不重试就写 `retry: false`。",
      ],
      "retry.minDelay and retry.maxDelay must be milliseconds, 0 ≤ minDelay ≤ maxDelay, not {minDelay} and {maxDelay}.":
        ["重试间隔不对，单位是毫秒。", "`minDelay` 不小于 0，`maxDelay` 不小于 `minDelay`。"],
      "text has {byteLength} bytes in UTF-8; this platform key can encrypt at most {most}.": [
        "要加密的字段太长。RSA 一次能加密的字节有限，一个汉字占 3 个字节。",
        "核对是不是填错了内容；敏感字段都很短。",
      ],
      "Cannot read bytes {start} to {end} of a file of {size} bytes.": [
        "读的范围超出了文件。",
        "`0 ≤ start ≤ end ≤ size`，不含 `end`。",
      ],
      "x1 must be less than x2 and y1 less than y2, not {…}: first the upper left corner, then the lower right one.":
        ["裁剪的两个角写反了。", "`x1`、`y1` 是左上角，`x2`、`y2` 是右下角。"],
      "x1, y1, x2, y2 must be inside the picture of {width}×{height} pixels, not {…}.": [
        "裁剪区域超出了图片。",
        "坐标在 0 到图片的宽、高之间。",
      ],
      "x1, y1, x2, y2 must be fractions from 0 to 1, not {…}. For pixels pass width and height of the picture too.":
        ["没有传宽和高时，坐标是 0 到 1 的比例。", "坐标是像素就加上 `width` 和 `height`。"],
      "x1, y1, x2, y2 must be in pixels where width and height are given, not {…}. For fractions leave width and height out.":
        ["传了宽和高，坐标就是像素，这里却像是比例。", "换成像素，或去掉 `width` 和 `height`。"],
      "The crop must have the ratio {…}, not {width}×{height} pixels; {wanted}×{height} would do.":
        ["裁剪区域的宽高比不对。", "照报错里的尺寸改，或不传坐标，居中裁剪。"],
      "title has {length} characters; a mini-program card may have at most {CARD_TITLE_CHARACTERS}.":
        ["小程序卡片的标题超过 35 个字。", SHORTEN],
      "articles must be an array of {wanted}, not of {length}.": [
        "图文篇数不对：发布库正好一篇，草稿至少一篇。",
        "发布库的图文分开传。",
      ],
      "index must be a whole number of at least 0, not {index}.": [
        "草稿里第几篇，从 0 数起。",
        "第一篇传 0。",
      ],
      "offset must be a whole number of at least 0, not {offset}.": [
        "从第几条开始，从 0 数起。",
        "传不小于 0 的整数。",
      ],
      "count must be a whole number from 1 to {MAX_PAGE}, not {count}.": [
        "一页 1 到 20 条。",
        "传 1 到 20；要更多就加大 `offset` 翻页。",
      ],
      "index 0 deletes all articles of the entry. Set the option deleteAll to true, or pass index 1.":
        [
          "发布库删除时 `index` 为 0 会删掉全部图文。",
          "确实要全删就传 `deleteAll: true`，否则传 1。",
        ],
      "index must be 1, not {index}: it counts from 1, and an entry of the publish library has one article.":
        ["发布库的图文只有一篇，`index` 从 1 数起。", "传 1。"],
      "maxInterval must be at least minInterval, {minInterval} milliseconds, not {maxInterval}.": [
        "轮询间隔不对，单位是毫秒。",
        "`maxInterval` 不小于 `minInterval`（默认 2000）。",
      ],
      "index must be a whole number of at least 1, not {index}.": [
        "删除已发布的图文时，`index` 从 1 数起。",
        "第一篇传 1。",
      ],
      "Without an index all articles are deleted. Set the option deleteAll to true, or pass an index of at least 1.":
        [
          "没写 `index`（或写 0）会删掉全部图文，不能恢复。",
          "确实要全删就传 `deleteAll: true`，否则传 `index`。",
        ],
      "A video may have at most {MAX_TAGS} tags, not {length}.": [
        "视频标签太多。",
        "减到报错里说的个数。",
      ],
      "part_num must be a whole number of at least 1, not {part_num}.": [
        "分块编号从 1 数起。",
        "第一块传 1。",
      ],
      "Block {part_num} has {byteLength} bytes; a block must have 1 to {BLOCK_BYTES}.": [
        "这一块是空的，或超过 1 MiB。",
        "按 1 MiB 切块，最后一块可以小一些。",
      ],
    },
  },
  Error: {
    title: "只作为其他错误的原因",
    about: "是 `OutcomeUnknownError` 的 `cause`，或传给 `onStoreError` 的错误。",
    cause: "看以它为原因的那个错误。",
    cure: "",
    rows: {
      "onRefreshToken did not finish within {timeout} ms.": [
        "`onRefreshToken` 在 `timeout` 之内没有完成，过一会儿会再调用一次。",
        "检查数据库的网络和负载。",
      ],
      "The store did not finish {step} within {PATIENCE_MS} ms.": [
        "存储（`tokenStore`、`certificateCache` 等）2 秒内没有返回，这次不用它，调用照常进行。",
        "检查存储的网络和负载。",
      ],
      "An earlier run ended while the request was under way.": [
        "上一次运行在请求途中结束，不知道微信有没有执行。",
        "照 `OutcomeUnknownError` 的 `lookAt` 去看，再传 `resolution`。",
      ],
      "An earlier run ended while the video was being saved.": [
        "上一次运行在保存视频途中结束，不知道有没有保存。",
        "看素材库里有没有这个视频，再带断点和 `resolution` 调一次。",
      ],
      "The resolution that was passed is for another attempt, {attempt}; an answer serves one attempt.":
        [
          "传入的答案是给另一次尝试的，这一次的结果仍然未知。没有发出任何请求。",
          "照 `OutcomeUnknownError` 的 `lookAt` 再查一次，带上它的 `attempt` 传 `resolution`。",
        ],
      "The publication {publish_id}, which was told by hand, is of an article with the title {…}.":
        [
          "你告诉的 `publish_id` 属于别的图文，所以这次提交的结果仍然未知。",
          "再查一次，带上这个错误的 `attempt` 传 `resolution`。",
        ],
    },
  },
};

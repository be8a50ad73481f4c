// What docs/errors.md says of each class of errors besides its messages: where it comes from, and what to do.

export interface ErrorGuide {
  /** `code` of the class; undefined of JavaScript's own. */
  readonly code?: string;
  readonly title: string;
  /** When it is thrown, and what it carries. */
  readonly about: string;
  /** Of messages without a row of their own, as the end of a sentence. */
  readonly cause: string;
  readonly cure: string;
  /** The beginning of a message, its cause, and what to do where the message does not say it. */
  readonly rows?: readonly (readonly [beginning: string, cause: string, cure?: string])[];
}

export const errorGuides: Readonly<Record<string, ErrorGuide>> = {
  MediaError: {
    code: "ERR_MEDIA",
    title: "A file that WeChat would refuse",
    about:
      "Thrown before anything is sent, or when a file changes while it is read. Fields: `reason` (`empty`, `name`, `extension`, `format`, `size`, `duration` or `changed`); `expected` and `actual`, for people to read; `answer`, what WeChat would have answered, if that is documented; `option`, the option that lifts the limit.",
    cause: "the file is outside the limits of the call.",
    cure: "Convert, shorten or rename the file, or lift the limit with `error.option`.",
    rows: [
      [
        "{name} is empty",
        "The file has no bytes: an unfinished download, or a stream that was read before.",
        "Read the file again, and pass it whole.",
      ],
      [
        "{name} has {size} bytes",
        "The file is larger than the documents of this call allow. They disagree: see the profiles in the README of the package.",
      ],
      [
        "{name} contains {found}",
        "The first bytes show another format than the call takes, whatever the name says.",
      ],
      [
        "{name} is named",
        "The name and the first bytes show different formats: the file was renamed and not converted.",
      ],
      [
        "The file name {name} ends in",
        "WeChat goes by the extension, and this call does not take it.",
      ],
      ["The file name {name} has no extension", "WeChat goes by the extension of the name."],
      ["The file name", "WeChat, HTTP headers or file systems do not take this name."],
      [
        "The file has no name",
        "A Blob or bytes without a name; WeChat goes by the extension of the name.",
      ],
      [
        "The file changed",
        "Something wrote to the file between two reads, or moved or removed it.",
        "Upload the file again once nothing writes to it.",
      ],
      [
        "The bytes of the file are gone",
        "An ArrayBuffer that was transferred with postMessage or structuredClone is empty here.",
      ],
      [
        "{address} changed",
        "The server has another version of the file than at the first request.",
        "Make the source again with createUrlSource.",
      ],
      [
        "The file could not be read",
        "The file was removed, or written to, after it was chosen.",
        "Choose the file again.",
      ],
      [
        "The stream had",
        "The announced size or SHA-256 is not that of the stream.",
        "Pass the size and SHA-256 of the whole stream.",
      ],
      [
        "{name} {what}: the recording",
        "The recorder stopped in the middle of a frame, or the file was truncated.",
      ],
      ["{name} lasts", "The sound is longer than WeChat allows."],
      [
        "{message} Or set limits to",
        "The profile or the single limits of the call refuse what the default profile takes.",
        "Leave out limits, or set the profile that the error names.",
      ],
    ],
  },
  KeyError: {
    code: "ERR_KEY",
    title: "A key or certificate that cannot be used",
    about:
      "Thrown when the client is made, or at its first call, before anything is sent. The message never contains the key.",
    cause:
      "another file was passed than the one that is wanted, or the file was changed when it was copied.",
    cure: "Copy the file again from the merchant platform (商户平台 → 账户中心 → API安全).",
    rows: [
      [
        "WeChat Pay has no platform certificates",
        "New merchants have a public key of WeChat Pay in place of platform certificates.",
      ],
      ["apiV3Key must be", "APIv3密钥 has exactly 32 characters."],
      [
        "{what} is a certificate issued by",
        "WeChat Pay's certificates are all issued by one CA, and this is from another: it is a test service's, or somebody made it.",
      ],
      [
        "{what} is a certificate that is signed with its own key",
        "Nobody vouches for such a certificate; WeChat Pay has none.",
      ],
      [
        "{what} is no RSA key that proves anything",
        "Anybody can sign for a key with the exponent 1, nobody for one of even numbers: the file is broken or was made to deceive.",
      ],
      [
        "platformKeys {id} is a certificate that",
        "The only certificate that was passed has expired, or is not valid yet, by the clock of this machine.",
      ],
      [
        "platformKeys has {id} twice",
        "Two entries have the same id, and only one of them can be WeChat Pay's.",
      ],
      [
        "apiV3Key does not decrypt",
        "The key was changed in the merchant platform, or is the key of another merchant.",
        "Set apiV3Key to the current APIv3密钥.",
      ],
      [
        "privateKey does not decrypt",
        "The field was encrypted for an older certificate of the merchant.",
      ],
      [
        "{what} is {seen}",
        "Another file, a part of it, its path, or the name of a variable was passed.",
      ],
      [
        "{what} must be a PEM string",
        "What was passed has no key in it: it is empty, or another kind of file.",
        "Pass the text or the bytes of the file.",
      ],
      [
        "platformKeys {id} is the merchant's own",
        "The public key or certificate is the one of privateKey, as WeChat's archive has both.",
      ],
      [
        "platformKeyId of a public key",
        "PUB_KEY_ID_ was left out or misspelt when the id was copied.",
      ],
      [
        "{what} is a {type} CryptoKey",
        "WebCrypto binds a key to an algorithm and its uses when it is imported.",
      ],
      [
        "{what} is a CryptoKey with the usage",
        "WebCrypto binds a key to its uses when it is imported.",
      ],
    ],
  },
  PayApiError: {
    code: "ERR_PAY_API",
    title: "WeChat Pay refused the request",
    about:
      "WeChat Pay answered with `{ code, message, detail }` and a status other than 2xx. Fields: `status`, `apiCode`, `apiMessage`, `detail`, `requestId` (WeChat's support asks for it), `retryAfter` and `retryable`; with 401 SIGN_ERROR also `explanation`, and with other answers whose cause is known from reports `advice`; the sentences of both are listed here.",
    cause: "WeChat's own message names the cause.",
    cure: "See the error table of the call in WeChat Pay's documents.",
    rows: [
      [
        "The form came without",
        "PARAM_ERROR 输入源“/body/file”映射到字段“图片文件”必填性规则校验失败, or of “/body/meta”.",
      ],
      ["platformKeyId must be of", "PARAM_ERROR 平台证书序列号Wechatpay-Serial错误."],
      [
        "Use encryptSensitive",
        "PARAM_ERROR 平台私钥解密失败: encrypted with another key, such as the merchant's own, or otherwise than RSAES-OAEP. Or encrypted fields without a key id: HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial).",
      ],
      ["A proxy or fetch removed", "INVALID_REQUEST Http头缺少Accept或User-Agent."],
      ["The file was changed on the way", "PARAM_ERROR 图片sha256值有误."],
      ["Check mchid and", "NO_AUTH 商户权限异常, or PARAM_ERROR 商户没有权限."],
      [
        "privateKey may not belong",
        "The signature was made with another key than the one of serialNo.",
      ],
      ["Something changed the body", "A proxy between here and WeChat Pay."],
      ["A download_url is valid", "The download_url of a bill has expired, or was cut."],
      ["Only the merchant that asked", "The bill was asked for with another mchid."],
    ],
  },
  NotificationError: {
    code: "ERR_NOTIFICATION",
    title: "A notification that cannot be used",
    about:
      "Thrown by `readNotification` of `@wechat-edge/core/pay-notifications` for a request that is too large, or that WeChat Pay signed and that still cannot be used. Fields: `reason` (`too-large`, `not-json`, `not-a-notification`, `algorithm`, `resource` or `merchant`); `notificationId`. `answerNotification(error)` answers 400.",
    cause: "another kind of request was sent to the address of notifications.",
    cure: "Check which notify_url was given to which call.",
    rows: [
      [
        "The notification {id} is about the merchant",
        "Several merchants have the same notify_url and the same APIv3 key.",
      ],
      [
        "The resource of the notification {notificationId} is encrypted",
        "The merchant uses the algorithms of China's standards (SM2, SM4), which this library does not have.",
        "Ask WeChat Pay for RSA and AES.",
      ],
    ],
  },
  MessageError: {
    code: "ERR_MESSAGE",
    title: "A request that is not a message of WeChat",
    about:
      "Thrown by `readMessage` and `readVerification` of `@wechat-edge/core/mp-messages` for a request that WeChat did not send to this account, or that cannot be read. Fields: `reason` (`too-large`, `query`, `signature`, `stale`, `not-encrypted`, `decryption`, `appid` or `malformed`). `answerMessage(mp, { error })` answers 403 without a word.",
    cause: "the request to the address is not from WeChat.",
    cure: "Compare 服务器配置 in the platform with the options of the client: URL, 令牌, 消息加解密密钥, 消息加解密方式.",
    rows: [
      [
        "The message is for {foreign}",
        "A third-party platform receives the messages of the account, or two accounts have the same address.",
        "Pass the platform's AppID as messageAppid, or give each account an address of its own.",
      ],
      [
        "The message is signed with the token, but no encodingAESKey",
        "The key was changed in the platform, or another application has the same token.",
        "Compare encodingAESKey. While the key is being changed, pass [current, previous].",
      ],
      [
        "msg_signature is not that",
        "Forged, changed on the way, or another token (令牌).",
        "Compare messageToken with 服务器配置. Pass the query and the body as they came.",
      ],
      [
        "signature is not that",
        "Forged, changed on the way, or another token (令牌).",
        "Compare messageToken with 服务器配置. Pass the query as it came.",
      ],
      [
        "The request was signed {skew} seconds before",
        "An old request that somebody sent again or that lay in a queue, or a fast clock.",
        "Read messages when they arrive, set the clock, or raise maxAge.",
      ],
      [
        "The request was signed after",
        "A slow clock, or somebody else has the token.",
        "Set the clock. If it is right, change the token in the platform.",
      ],
      [
        "The body of the request has more",
        "It is not from WeChat, whose messages are far smaller.",
        "Nothing; answer 403.",
      ],
      [
        "The message is in clear text",
        "Forged, or 消息加解密方式 is still 明文模式.",
        "Set 安全模式 in the platform.",
      ],
      [
        "The request lacks MsgType",
        "A push of another kind, such as a ticket to a third-party platform.",
        "Receive pushes to the platform at an address of their own, with readPlatformPush.",
      ],
    ],
  },
  SignatureError: {
    code: "ERR_SIGNATURE",
    title: "A reply or a notification without a valid signature",
    about:
      "A 2xx reply of WeChat Pay is only returned if its signature is valid, and a notification is only read if its is. Fields: `reason` (`missing`, `unknown-serial`, `stale`, `mismatch`, `malformed` or `replayed`; of notifications also `wrong-key`, `rewritten` or `algorithm`); `platformKeyId`, the key that the reply names; `probe`, true if WeChat sent a wrong signature on purpose, to test the client.",
    cause: "something between here and WeChat Pay changed or made up what came.",
    cure: "Check baseUrl and the network. Do not trust the reply or notification.",
    rows: [
      [
        "The reply lacks a header",
        "WeChat Pay signs no bills and pictures; or a proxy answered, or dropped the headers.",
        "Download files with downloadPayFile of @wechat-edge/pay-media/downloads. For other calls, let the proxy pass the Wechatpay headers on.",
      ],
      [
        "The reply has the Wechatpay-Nonce",
        "The protocol does not say which request a reply answers. This one had come before: somebody recorded and repeated it, or a proxy keeps replies.",
        "Let the proxy keep no replies. Whether WeChat Pay carried out the request is open: look before you repeat it.",
      ],
      [
        "The reply is signed with the platform certificate {platformKeyId}, which",
        "Platform certificates end after five years, and WeChat Pay signs with none that has; or the clock of this machine is wrong.",
        "Check the clock. Pass apiV3Key, or a newer certificate or public key in platformKeys.",
      ],
      [
        "The request has no",
        "Anybody can send requests to the address of notifications; or the headers got lost.",
        "If WeChat Pay sent it, look for the proxy or the code that drops `Wechatpay-*` headers.",
      ],
      [
        "The notification is signed with the public key",
        "WeChat Pay signs with a key that the client does not have, as during a switch to the public key.",
      ],
      [
        "The notification is signed with the platform certificate",
        "A certificate that was given in platformKeys has expired, or is not valid yet, and somebody used it.",
      ],
      [
        "The notification is signed with the certificate",
        "The request is forged, or a certificate is new and the next attempt of WeChat Pay finds it.",
      ],
      [
        "WeChat Pay signed this notification, but",
        "A body parser, a proxy or an editor changed the bytes that the signature covers.",
      ],
      [
        "The notification names the platform key",
        "In platformKeys, one key stands under the id of the other.",
        "Compare each platformKeyId with the merchant platform.",
      ],
      [
        "The reply is signed with the platform key",
        "WeChat Pay signs with a key that the client does not have: during a switch between certificates and the public key, or after a rotation.",
      ],
      [
        "The reply was signed {skew}",
        "The clock of this machine is wrong, or somebody sent an old reply again.",
      ],
      [
        "The signature of the reply does not match",
        "The reply was changed on the way, or platformKeys has another key under this id.",
      ],
    ],
  },
  MpApiError: {
    code: "ERR_MP_API",
    title: "The Official Account's API refused the call",
    about:
      "WeChat answered with an `errcode` other than 0. Fields: `errcode`, `errmsg`, `rid` (WeChat's support asks for it), `hint`, `endpoint`, `ip` (with 40164) and `retryable`. The message ends with advice for the errcodes below.",
    cause: "the errcode names the cause.",
    cure: "Look it up in WeChat's [全局返回码](https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html). The client handles 40001, 40014 and 42001 of the access_token itself, so you rarely see them.",
  },
  MpPlatformError: {
    code: "ERR_MP_PLATFORM",
    title: "A third-party platform lacks a ticket or an authorization",
    about:
      "Thrown by the functions of `@wechat-edge/core/mp-platform` and by calls of accounts that take their tokens from it. Fields: `reason` (`no-ticket` or `not-authorized`); `authorizer_appid`, the account.",
    cause: "WeChat has not pushed a ticket yet, or the account has not authorized the platform.",
    cure: "Pass what arrives at the address for authorization events to readPlatformPush, and let the account authorize the platform.",
  },
  OutcomeUnknownError: {
    code: "ERR_OUTCOME_UNKNOWN",
    title: "Nobody knows whether it was done",
    about:
      "The reply was lost, or WeChat answered that it does not know, and a second call might do the same thing twice. Fields: `step`, the function; `lookAt`, where to see whether it was done; `next`, what to do then; `cause`, the error of the request.",
    cause:
      "the connection broke, the timeout passed, a gateway answered in WeChat's place, WeChat was busy (-1, 5xx), or its reply shows no result.",
    cure: "Check what `error.lookAt` names, and repeat the call only if nothing was done.",
  },
  NetworkError: {
    code: "ERR_NETWORK",
    title: "No reply, or an incomplete one",
    about:
      "`retryable` is true. `cause` is the error of the runtime, with tokens and secrets removed.",
    cause: "the network, a proxy, a firewall or the server failed.",
    cure: "Check the network and baseUrl, and try again.",
    rows: [
      [
        "The hash worker was not",
        "The worker's file does not contain the script, or starts slowly.",
      ],
      [
        "The hash worker failed",
        "The browser ended the worker, or its file threw an error.",
        "Look at the console of the worker, and try again.",
      ],
      ["The hash worker", "The script of the worker is not where the bundler put the library."],
      ["The page may not", "The page's Content Security Policy or Trusted Types forbid it."],
    ],
  },
  TimeoutError: {
    code: "ERR_TIMEOUT",
    title: "No result within the time allowed",
    about: "`retryable` is true.",
    cause: "the network or WeChat is slow, or hangs.",
    cure: "Try again, or raise the option that the message names.",
  },
  ReplyError: {
    code: "ERR_REPLY",
    title: "A reply that WeChat does not send",
    about:
      "HTML, a redirect, or a success without the field that it should have. Fields: `status`, `requestId` and `retryAfter`; `retryable` is true for 429 and for 5xx but 501, 505, 506, 508, 510 and 511.",
    cause: "a proxy, a gateway, a captive portal or another server answered in WeChat's place.",
    cure: "Check baseUrl and the network.",
    rows: [
      [
        "{address} answered with the whole file",
        "The server of the file does not support Range requests.",
      ],
      [
        "redirects {",
        "The server of the file answers with a redirect, such as a CDN, a login or a short address.",
      ],
      ["is the end of", "The redirects of the file's server go in a circle, or are very many."],
      ["was redirected", "The client's own fetch does not pass redirect on."],
      [
        "redirects, and the browser",
        "In a browser, a redirect that is to be followed while headers are given.",
      ],
      ["is compressed", "A CDN compresses the file on the way."],
      ["has no size in Content-Range", "The server hides the header from pages of another origin."],
      [
        "The file differs from its digest",
        "The file was changed or cut on the way, or the hash_value is of another file.",
      ],
      ["The file is gzip, and", "The bill was asked for with tar_type=GZIP."],
      ["The gzip file is damaged", "The file was changed or cut on the way."],
    ],
  },
  CheckpointError: {
    code: "ERR_CHECKPOINT",
    title: "A saved state that cannot be used",
    about:
      "Thrown before anything is sent. `reason` is `malformed`, `version`, `account`, `file` or `job`; with `checkDraft` also `draft`, and nothing was submitted.",
    cause:
      "the state was changed or cut, or belongs to another account, file or job; `draft`: somebody changed the draft.",
    cure: "Pass the state that was saved last, unchanged.",
  },
  ReviewError: {
    code: "ERR_REVIEW",
    title: "WeChat's review refused it",
    about:
      "Fields: `status`, as WeChat sends it; `wording`, WeChat's reason, if it sent one; `fail_idx` of a publication, the numbers of the articles that failed, from 1.",
    cause:
      "a video or an article was refused, banned or deleted, or has a status that is not documented.",
    cure: "Look at mp.weixin.qq.com for the reason. Upload a refused article or video again as a new one.",
  },
  ArticleError: {
    code: "ERR_ARTICLE",
    title: "An article that WeChat would refuse",
    about:
      "Thrown before anything is sent. `findings` has what `checkArticle` found, each with `rule`, `severity`, `path`, `message` and `suggestion`. The table lists messages and suggestions.",
    cause: "the article breaks a rule of 媒体API文档 or of 新增草稿.",
    cure: "The suggestion of the finding says what to do.",
  },
  ClientVersionError: {
    code: "ERR_CLIENT_VERSION",
    title: "A client of another version",
    about: "Thrown before anything is sent.",
    cause:
      "two versions of @wechat-edge/core are installed, and the client was made by the other one.",
    cure: "Install the same version of all @wechat-edge packages.",
  },
  TypeError: {
    title: "A call with the wrong arguments",
    about: "JavaScript's own class, without a `code`: the call is wrong, and nothing was sent.",
    cause: "an argument or option is missing, or is not of the kind that the message names.",
    cure: "Pass what the message names.",
  },
  RangeError: {
    title: "A number outside its range",
    about: "JavaScript's own class, without a `code`: the call is wrong, and nothing was sent.",
    cause: "a number is too small, too large or not whole.",
    cure: "Pass what the message names.",
  },
  Error: {
    title: "Only as the cause of another error",
    about: "`cause` of an OutcomeUnknownError, or what `onStoreError` receives.",
    cause: "see the error whose cause it is.",
    cure: "",
  },
};

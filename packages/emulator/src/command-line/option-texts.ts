import type { StartOptions } from "../start-options.ts";

type Section = "" | "WeChat Pay" | "Official Account";

/** What each option is, with its default in parentheses, as `--help` prints it. */
export const optionTexts: Readonly<Record<Section, Partial<Record<keyof StartOptions, string>>>> = {
  "": {
    port: "port to listen on; 0 picks a free one (8790)",
    host: "address to listen on (127.0.0.1, which only this machine can reach); 0.0.0.0 opens the API to the network, as a container needs",
    cors: "allow browser pages of any origin to call the API routes",
    controlHosts: "list of the names of --control-host",
    storage: '"memory" or "digests": keep uploaded files, or only their digests ("digests")',
    chunked:
      '"refuse" or "accept" chunked bodies, or {"pay": …, "mp": …} ({"pay": "accept", "mp": "refuse"})',
    quotedBoundary: '"refuse" or "accept" a boundary in quotes, or {"pay": …, "mp": …} ("refuse")',
    maxBodyBytes: "largest request body in bytes (33554432)",
    now: "time at which the clock starts, such as 2030-01-02T03:04:05Z (the current time)",
    sleep: '"wait" or "advance-clock": how the fault "delay" waits ("wait")',
    faults: "list of faults that are set at the start",
    limits: "{name: bytes}, the largest files: image, video, temporary-image, material-image, …",
  },
  "WeChat Pay": {
    merchants: "list of {mchid, serialNo, certificate, publicKey, apiV3Key, permissions, …}",
    merchantFiles: '"2026" or "2024": PDF and 5 MiB, or 2 MiB at merchant/media/upload ("2026")',
    uploadRates: '"enforce" or "ignore": 429 beyond 100 a minute or 20 a second ("enforce")',
    strict:
      "{extensionMatchesContent, digestCase, nonceReplay, unknownMchidIsServerError: true or false}",
    signErrorForm: '"reported" or "documented": the form of SIGN_ERROR ("reported")',
    replyKeyId: "platform key that signs replies if the request names none (the certificate)",
    platformMode: '"certificates", "both" or "public-key": the platform keys in use ("both")',
    probeRate: "share of replies with a probe signature, 0 to 1 (0)",
  },
  "Official Account": {
    accounts: "list of {appid, secret, verified, pay, mediaApi, ipWhitelist, dailyLimits, …}",
    platforms: "list of {component_appid, component_appsecret, messageToken, encodingAESKey, …}",
    authorizerRefreshToken:
      '"same" or "rotate": whether a refresh keeps the account\'s refresh token ("same")',
    clientIp: "IP address of clients, for ipWhitelist (the address of the socket)",
    tokenLength: "characters of an access_token, 64 to 2048 (136)",
    wrongSecret: "40125 or 40001: the answer to a wrong secret (40125)",
    errmsgTail: '"both", "rid" or "none": what follows an errmsg, hint and rid ("both")',
    successErrcode: "successful uploads contain errcode 0",
    jsonContentType: 'Content-Type of JSON ("text/plain")',
    mediaProfile:
      '"2012", "2014", "media-api", "current" or "reported": whose limits apply ("reported")',
    videoDownload: '"url", "stream" or "refuse": the answer of media/get for a video ("url")',
    pictureAddress: '"http", "https" or "plain": the address of a picture ("http")',
    escapedSlashes: "each / in JSON is \\/ (true)",
    emptyItem: 'answers to something new contain "item":[] (true)',
    materialHeaders: '"file" or "text": the headers of a file from get_material ("file")',
    smallBlocks: '"refuse" or "accept": video blocks below 1 MiB before the last ("refuse")',
    outOfOrderBlocks: '"refuse" or "accept": a video block before an earlier one ("accept")',
    finishTwice: '"refuse" or "accept": upload_finish of a finished video ("refuse")',
    saveTwice: '"new", "same" or "refuse": the media_id of a second save_video ("new")',
    review: '{transcoding, video, news, publication: milliseconds or "never"} (1000 each)',
    foreignPictures: '"filter" or "refuse": pictures in articles that were not uploaded ("filter")',
    unicodeEscapes:
      '"verbatim", "refuse" or "decode": \\uXXXX in the JSON of articles is kept, refused or decoded ("verbatim")',
    newsPerDay: "submissions to the publish library per day (200)",
    publishIdType: '"number" or "string": the type of publish_id ("number")',
    articleOrigin: "origin of article addresses (the origin that the client calls)",
    draftTitle: "longest title of a draft in characters, 64 or 32 (64)",
    contentLength: '"html" or "text": whether the tags of an article count ("html")',
    unsupportedHtml: '"strip" or "keep": styles, forms, ids and the like in articles ("strip")',
    foreignLinks: '"refuse" or "strip": links of an account without payments ("refuse")',
    anchors: '"keep" or "refuse": links to #places in articles ("keep")',
    draftVideos: '"keep" or "drop": videos in drafts ("keep")',
    cardPictures: '"material" or "any": pictures of mini program cards in drafts ("material")',
    newspicHtml: '"strip" or "refuse": HTML in picture messages ("strip")',
    cropRatio: '"warn" or "refuse": crops of another ratio than their name ("warn")',
    imageAttribute: '"data-src" or "src": where answers have the address of a picture ("data-src")',
    listTimes: '"both", "content" or "entry": where lists have times ("both")',
    mediaIdLength: "characters of a permanent media_id, 43 or 64 (43)",
  },
};

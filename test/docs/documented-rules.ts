// The rules of WeChat's documents, one for each that a reader would list, in words of our own.
// A test holds a rule by carrying its id in brackets in its name.

export interface RuleDocument {
  /** What the ids of its rules begin with. */
  readonly id: string;
  readonly title: string;
  /** Which document it is. */
  readonly about: string;
  readonly rules: Readonly<Record<string, string>>;
}

export const ruleDocuments: readonly RuleDocument[] = [
  {
    id: "2014",
    title: "上传下载多媒体文件",
    about:
      'The page of the developer documents of 2012 to 2014 on temporary media. Its limits are `limits: "2014"`.',
    rules: {
      "2014.1":
        "Media is identified by its `media_id`: an upload returns one, a download needs it. The download has the same bytes as the upload.",
      "2014.2": "Uploaded media is deleted after three days, and its `media_id` stops working.",
      "2014.3": "So is media that a follower sends.",
      "2014.4": "Until then a `media_id` can be used again and again.",
      "2014.5":
        "Both calls go to `http://file.api.weixin.qq.com`, without TLS. (Today to `https://api.weixin.qq.com`, the default; `fileBaseUrl` sets the old host.)",
      "2014.6":
        "An upload is a POST to `/cgi-bin/media/upload` with `access_token` and `type` in its query.",
      "2014.7":
        "`type` is `image`, `voice`, `video` or `thumb`; WeChat answers 40004 to any other. The library throws before it sends anything.",
      "2014.8":
        "The file is the form part `media`, with a file name and a content type. (The length that the page mentions is left out, as by the page's own curl.)",
      "2014.9":
        "An upload returns `type`, `media_id` and `created_at`, the Unix time of the upload.",
      "2014.10": "A refused upload returns JSON with `errcode` and `errmsg`.",
      "2014.11": "A picture is a JPG of up to 1M.",
      "2014.12": "A voice is AMR or MP3, of up to 2M.",
      "2014.13": "A voice lasts up to 60 seconds.",
      "2014.14": "A video is an MP4 of up to 10MB.",
      "2014.15": "A thumb is a JPG of up to 64KB.",
      "2014.16":
        "A download is a GET of `/cgi-bin/media/get` with `access_token` and `media_id` in its query.",
      "2014.17": "A video cannot be downloaded. (Today's call returns the address of one.)",
      "2014.18":
        "A download answers 200 with Content-Type, Content-disposition naming the file by its `media_id`, Cache-Control and Content-Length.",
      "2014.19": "`curl -I` gets these headers without the file: HEAD is answered like GET.",
      "2014.20": "The answer to an invalid `media_id` is 40007, as JSON with status 200.",
      "2014.21": "A thumb is for messages with a video or with music.",
    },
  },
  {
    id: "2012",
    title: "上传下载多媒体文件, a tutorial",
    about:
      'An older tutorial on the same calls, with what they answered in January 2014. Its limits are `limits: "2012"`.',
    rules: {
      "2012.1":
        "curl gets the whole path of the file after an `@`, but sends only its name. So the library refuses a path as a name.",
      "2012.2": "A `media_id` has 64 letters, digits, `-` and `_`.",
      "2012.3":
        "The upload of a thumb returns `thumb_media_id` instead of `media_id`. The result of the library has `media_id`.",
      "2012.4": "A picture is a JPG of up to 128K.",
      "2012.5": "A voice is AMR or MP3, of up to 256K.",
      "2012.6": "A video is an MP4 of up to 1MB.",
      "2012.7": "A thumb is a JPG of up to 64KB.",
      "2012.8": "Media is kept for three days; after that its `media_id` does not work.",
      "2012.9":
        "Media that is used for longer must be uploaded again every three days, with a new `media_id`: `keepMedia`.",
      "2012.10": "A picture comes back as image/jpeg.",
      "2012.11": "A voice that was uploaded as MP3 comes back as AMR, audio/amr.",
      "2012.12": "A voice lasts up to 60 seconds.",
      "2012.13": "A thumb comes back as image/jpeg.",
      "2012.14": "A video cannot be downloaded.",
      "2012.15": "The calls need http and the host `file.api.weixin.qq.com`.",
      "2012.16":
        "A download is written to a new file. The library makes the name in the reply safe for creating a file.",
      "2012.17": "A download has a Content-Length, and exactly as many bytes.",
      "2012.18":
        "With its `media_id` media is sent to a follower, as a passive reply or as a customer-service message.",
      "2012.19": "A token is sent in the URL, here with 150 characters.",
    },
  },
  {
    id: "publish",
    title: "媒体API文档",
    about:
      'The document of the publish library: covers, pictures, chunked videos, articles, in nine parts and seven questions. Its limits are `limits: "media-api"`.',
    rules: {
      "publish.1":
        "In this order: the cover, the pictures of the content, a video where there is one, the article into the publish library, its submission. `publishArticle` does it in this order.",
      "publish.2":
        "An uploaded article is not submitted, and never published by itself. Its author can preview or delete it on mp.weixin.qq.com under 媒体API.",
      "publish.3":
        "A submitted article is reviewed, like a mass message. If it passes, it is published; if not, the result is a `ReviewError`.",
      "publish.4":
        "一. A cover is a POST to `/cgi-bin/material/add_material` with `access_token` and `type` in its query.",
      "publish.5":
        "`type` is `image` or `thumb`, and both can be a cover. (Today's page has `voice` and `video` too.)",
      "publish.6":
        "The file is the form part `media`, with a file name and a content type. (The length that the page mentions is left out, as by the page's own curl.)",
      "publish.7":
        "The library holds 100,000 pictures. A full library refuses uploads (45074 in WeChat's table), and the error says to delete something. (Tested with fewer.)",
      "publish.8": "A cover has up to 2M. (Today 10M, the default.)",
      "publish.9": "The upload of a cover returns `media_id` and `url`.",
      "publish.10":
        "二. A picture of the content is a POST to `/cgi-bin/media/uploadimg` with `access_token` in its query.",
      "publish.11": "The file is also the form part `media`.",
      "publish.12": "It does not count in the material library.",
      "publish.13": "It has up to 5M. (Today less than 1M; the default is 1 MiB.)",
      "publish.14": "It returns `url`, an address that the content may use.",
      "publish.15": "A refused picture returns an error: `MpApiError`.",
      "publish.16": "三. A video is uploaded in four steps: announce, send blocks, finish, save.",
      "publish.17":
        "Blocks are counted from 1. (One sentence says 1MB each, the next at most 1MB. The library sends blocks of 1 MiB, and the rest in the last one.)",
      "publish.18":
        "The announcement is a POST to `/cgi-bin/material/upload_video` with `action=init_upload`, and JSON of `filename`, `filesha` and `filesize`.",
      "publish.19":
        "`filesha` is the SHA-1 of the file in hexadecimal, as sha1sum, shasum and certutil print it.",
      "publish.20": "A video has up to 2G.",
      "publish.21": "The announcement returns `ret` 0 and the `vid` of the upload.",
      "publish.22":
        "A block is a POST with `action=upload_block`, `vid`, `part_sha` and `part_num` in the query; `part_sha` is the SHA-1 of the block.",
      "publish.23":
        "The body is the bytes of the block, as application/octet-stream. (All bytes: the page's `curl -d` drops line ends and everything after a zero.)",
      "publish.24":
        "The end is a POST with `action=upload_finish` and `vid` in the query, and no body.",
      "publish.25": "A block and the end return `ret` 0. Any other value is an error.",
      "publish.26":
        "The save is a POST with `action=save_video` and JSON; its `content` is the `vid`, beside `title`, `video_desc` and `cover_url`.",
      "publish.27": "`declare_ori` is 1 or 0.",
      "publish.28":
        "`newcat` and `newsbcat` are categories of a table that is not public. The library sends them unchanged.",
      "publish.29":
        "There are at most 5 `tags`. (The page does not say whether they are a list or a string. The library sends them unchanged.)",
      "publish.30": "The save returns `ret` 0 and a `media_id`.",
      "publish.31":
        "四. A status query is a POST with `action=query_status` and `media_id` in the query: the `media_id` of the save, not the `vid`.",
      "publish.32":
        "It returns `status`, `ori_status`, `mp_video_fail_detail_wording` and `vid`, with neither `ret` nor `errcode`.",
      "publish.33": "`status` 0: under review; `waitForVideo` continues.",
      "publish.34": "`status` 2: refused.",
      "publish.35": "`status` 3: approved; `waitForVideo` ends.",
      "publish.36": "`status` 4: being transcoded; `waitForVideo` continues.",
      "publish.37": "`status` 5: transcoding failed.",
      "publish.38": "`status` 9: banned.",
      "publish.39": "`status` 10: deleted.",
      "publish.40":
        "`mp_video_fail_detail_wording` says why: it is the `wording` of the `ReviewError`.",
      "publish.41": "`ori_status` 0: ordinary.",
      "publish.42": "`ori_status` 1: original.",
      "publish.43": "`ori_status` 2: reprinted.",
      "publish.44":
        "五. An article is a POST of JSON to `/cgi-bin/publish/uploadnews`, in the list `articles`.",
      "publish.45": "The list has exactly one article.",
      "publish.46": "`thumb_media_id` is required: the `media_id` of a cover.",
      "publish.47": "`title` is required.",
      "publish.48": "`content` is required.",
      "publish.49": "All other fields are optional.",
      "publish.50": "`author` has no limit here. (In a draft 16 characters; more is a warning.)",
      "publish.51": "`content_source_url` is the link of 阅读原文.",
      "publish.52":
        "A link to the App Store is a short address of itun.es or appsto.re, followed by `#wechat_redirect`. (The page has the typo itunes.es, which passes too.)",
      "publish.53": "`content` is HTML.",
      "publish.54": "Only an account with WeChat Pay may have links in it, the tag `a`.",
      "publish.55":
        "An empty `digest` becomes the first 64 characters of the text. (54 in a draft.)",
      "publish.56": "`show_cover_pic` is 1 to show the cover in the article, 0 not to.",
      "publish.57": "`need_open_comment` is 1 to open comments, 0 not to.",
      "publish.58":
        "`only_fans_can_comment` is 1 if only followers may comment, 0 if everybody may.",
      "publish.59":
        "It returns `type` news, `media_id`, `create_at` and `item`. (Elsewhere WeChat writes `created_at`; the result has both.)",
      "publish.60":
        "In `item` the `index` counts from 0, unlike that of an update or a deletion. `ad_count` is not explained.",
      "publish.61": "All further calls use this `media_id`.",
      "publish.62":
        "文章中添加视频. A video is shown by an iframe, which `videoFrame` writes as on the page. (Published articles have `vid=` instead of `mpvid=`; both are found.)",
      "publish.63":
        "The video must belong to the account and be approved, or the article is refused.",
      "publish.64":
        "So poll the status of the video until it is approved, then upload the article.",
      "publish.65": "A card opens a mini program: `miniProgramCard`.",
      "publish.66":
        "So does a text link: `miniProgramLink`. (The sample on the page lacks its `</a>`.)",
      "publish.67": "So does a picture. (The sample lacks its `<img>` too.)",
      "publish.68":
        "`data-miniprogram-appid` and `data-miniprogram-path` are required in all three.",
      "publish.69": "A card has `data-miniprogram-title`, of up to 35 characters.",
      "publish.70":
        "A card has `data-miniprogram-imageurl`. (The sample has `data-progarm-imageurl`, the table does not: it is a typo, and the check finds it.)",
      "publish.71": "That picture has 1080×864 pixels.",
      "publish.72":
        "六. A submission is a POST to `/cgi-bin/publish/submit` of `media_id` and `msgtype`, always `mpnews`.",
      "publish.73": "An account can submit 200 articles a day; deleting does not restore any.",
      "publish.74": "`errcode` 0 means submitted, whatever `errmsg` says.",
      "publish.75":
        "`abnormal status` in `errmsg` means that it was submitted before; the library does not treat it as an error.",
      "publish.76":
        "七. Only an article that is not submitted can be changed. After that `errmsg` is `invalid status`, and the error explains it.",
      "publish.77":
        "A change is a POST to `/cgi-bin/publish/update` of `media_id`, `index` and `articles`, which is one article here, not a list.",
      "publish.78": "`index` counts from 1.",
      "publish.79": "`errcode` 0 means changed.",
      "publish.80":
        "八. A deletion is a POST to `/cgi-bin/publish/delete` of `media_id` and `index`.",
      "publish.81":
        "`index` counts from 1, and 0 deletes all: the library asks for `{ deleteAll: true }` to confirm.",
      "publish.82": "`errcode` 0 means deleted.",
      "publish.83": "九. A query is a POST to `/cgi-bin/publish/query` of `media_id`.",
      "publish.84":
        "`status` is 未提交, 审核中, 发布成功 or 审核未通过. The result also has it in English.",
      "publish.85":
        "`url` is the address of the article. (The page does not say whether it exists before publication.)",
      "publish.86": "`errmsg` is a typo, `delete success`, and is ignored.",
      "publish.87":
        "FAQ 1. If the page is not enough, ask WeChat: each error has WeChat's number, text, `rid` and `hint`, and what to do where that is known.",
      "publish.88": "FAQ 2. Every call needs an `access_token`.",
      "publish.89": "It may have 512 characters or more.",
      "publish.90": "It is valid for two hours, and renewed before.",
      "publish.91":
        'A new one invalidates the one before. (Five minutes later, and only with `token: "plain"`; the default is of another kind.)',
      "publish.92":
        "FAQ 3. `access_token expired` means that its two hours are over: the library gets another and repeats the call.",
      "publish.93":
        "`invalid credential, access_token is invalid or not latest` is the token of another account, or one that a newer token invalidated. The library gets another; if that is refused too, the error names the remaining causes.",
      "publish.94": "FAQ 4. A title has up to 64 characters. (32 in a draft.)",
      "publish.95": "A digest has up to 120 characters. (128 in a draft.)",
      "publish.96":
        "They are counted as characters if the request is UTF-8, so the library sends UTF-8, unescaped.",
      "publish.97":
        "FAQ 5. Bodies are JSON in UTF-8. (All bodies, the page says. Those of files and blocks are not, as its own samples show.)",
      "publish.98":
        "`empty media data` means that WeChat cannot read the body because of its form or encoding, and the error says so. (44001 in WeChat's table. Calls in other documents use other numbers.)",
      "publish.99":
        "FAQ 6. `index` is the number of the article. An upload has one article, so it is 1.",
      "publish.100":
        "FAQ 7. A published article is not in the account's history: its `url` leads to it.",
    },
  },
  {
    id: "payvideo",
    title: "视频上传API",
    about: "The page of WeChat Pay on videos, of 2019-10-23: `uploadVideo`.",
    rules: {
      "payvideo.1":
        "A video is a POST to `https://api.mch.weixin.qq.com/v3/merchant/media/video_upload`.",
      "payvideo.2":
        "Its Content-Type is multipart/form-data with a boundary. (In quotes in one sample, without them in the next: without.)",
      "payvideo.3":
        "The first part, `meta`, is JSON of `filename` and `sha256`, as application/json.",
      "payvideo.4":
        "The second part, `file`, is the bytes of the video, with its name and content type.",
      "payvideo.5": "Each line of the form ends with CRLF, an empty one too.",
      "payvideo.6":
        "`filename` is the merchant's own, and ends in avi, wmv, mpeg, mp4, mov, mkv, flv, f4v, m4v or rmvb. (The name in one sample ends in jpg.)",
      "payvideo.7":
        "`sha256` is the SHA-256 of the bytes of the file. (In hexadecimal, unlike the samples.)",
      "payvideo.8":
        "After POST, path, time and nonce, the JSON of `meta` is signed, without the file. (The samples sign other bytes than they send; the library signs the bytes it sends.)",
      "payvideo.9":
        "Authorization is WECHATPAY2-SHA256-RSA2048 with mchid, nonce_str, timestamp, serial_no and signature.",
      "payvideo.10": "The content is of one of the ten formats.",
      "payvideo.11": "It has up to 5M.",
      "payvideo.12":
        "It returns `media_id`, a string (of up to 512 characters) for the calls that ask for one.",
      "payvideo.13": "500 SYSTEMERROR 系统错误: the library tries the same call again.",
      "payvideo.14":
        "500 SYSTEMERROR 文件系统错误,请稍后重试: the library tries the same call again.",
      "payvideo.15": "400 PARAM_ERROR 视频文件名称不正确: the name has none of the ten extensions.",
      "payvideo.16":
        "400 PARAM_ERROR 文件二进制内容不是视频: the content does not begin like any of the ten.",
      "payvideo.17": "400 PARAM_ERROR 视频sha256值有误: the digest is not that of the file.",
      "payvideo.18": "400 PARAM_ERROR 文件大小不能超过5M.",
      "payvideo.19": "400 PARAM_ERROR 文件为空.",
      "payvideo.20":
        "429 FREQUENCY_LIMIT_EXCEED 操作过快,请稍后重试: the library tries again after a pause.",
      "payvideo.21":
        "429 FREQUENCY_LIMIT_EXCEED 当天上传文件数已达上限: the library does not try again, because it lasts until tomorrow.",
      "payvideo.22": "403 NO_AUTH 商户权限异常: the library does not try again.",
    },
  },
  {
    id: "payimage",
    title: "图片上传",
    about:
      'The page of WeChat Pay Global on pictures, of 2025-01-07: `uploadImage`. Its limits are `limits: "global"`.',
    rules: {
      "payimage.1":
        'A picture is a POST to `https://apihk.mch.weixin.qq.com/v3/merchant/media/upload`, with `region: "global"`. (One sample has the mainland\'s host, which is the default; no host is signed.)',
      "payimage.2":
        "Its Content-Type is multipart/form-data with a boundary. (In quotes in one sample, without them in the next: without.)",
      "payimage.3":
        "The first part, `meta`, is JSON of `filename` and `sha256`, as application/json.",
      "payimage.4":
        "The second part, `file`, is the bytes of the picture, with its name and content type. (image/jpeg, where the sample has image/jpg.)",
      "payimage.5": "Each line of the form ends with CRLF, an empty one too.",
      "payimage.6":
        "`filename` is the merchant's own, and ends in JPG, BMP or PNG. (Or jpeg, by the table of errors.)",
      "payimage.7":
        "`sha256` is the SHA-256 of the bytes of the file. (Called digest in one place. In hexadecimal, unlike the samples.)",
      "payimage.8":
        "After POST, path, time and nonce, the JSON of `meta` is signed, without the file. (The samples sign other bytes than they send; the library signs the bytes it sends.)",
      "payimage.9":
        "Authorization is WECHATPAY2-SHA256-RSA2048 with mchid, nonce_str, timestamp, serial_no and signature.",
      "payimage.10": "The content is JPEG, BMP or PNG.",
      "payimage.11":
        'It has up to 2M. (That of 2026 says 5M, and PDF of 7.5M: `limits: "merchant"`, the default outside of Global.)',
      "payimage.12":
        "It returns `media_id`, a string (of up to 512 characters) for the calls that ask for one. (A UUID in the table, longer in the sample: the library accepts both.)",
      "payimage.13": "500 SYSTEMERROR 系统错误: the library tries the same call again.",
      "payimage.14":
        "500 SYSTEMERROR 文件系统错误,请稍后重试: the library tries the same call again.",
      "payimage.15": "400 PARAM_ERROR 图片文件名称不正确: the name has none of the extensions.",
      "payimage.16":
        "400 PARAM_ERROR 文件二进制内容不是图片: the content does not begin like any of the formats.",
      "payimage.17": "400 PARAM_ERROR 图片sha256值有误: the digest is not that of the file.",
      "payimage.18": "400 PARAM_ERROR 文件大小不能超过2M.",
      "payimage.19": "400 PARAM_ERROR 文件为空.",
      "payimage.20":
        "429 FREQUENCY_LIMIT_EXCEED 操作过快,请稍后重试: the library tries again after a pause.",
      "payimage.21":
        "429 FREQUENCY_LIMIT_EXCEED 当天上传文件数已达上限: the library does not try again, because it lasts until tomorrow.",
      "payimage.22": "403 NO_AUTH 商户权限异常: the library does not try again.",
    },
  },
];

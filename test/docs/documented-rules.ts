// The rules of WeChat's documents, one for each that a reader would list, in words of our own.
// A test holds a rule by carrying its id in brackets in its name.

export interface RuleDocument {
  /** What the ids of its rules begin with. Of an Official Account it is the name of its profile of limits. */
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
        "Media is handled by its `media_id`: an upload answers one, a download takes it. What comes down is what went up.",
      "2014.2":
        "What was uploaded is deleted after three days, and its `media_id` is good no more.",
      "2014.3": "So is what a follower has sent.",
      "2014.4": "Until then a `media_id` can be used again and again.",
      "2014.5":
        "Both calls go to `http://file.api.weixin.qq.com`, without TLS. Today to `https://api.weixin.qq.com`, which is the default; `fileBaseUrl` asks for the old host.",
      "2014.6":
        "An upload is a POST to `/cgi-bin/media/upload` with `access_token` and `type` in its query.",
      "2014.7":
        "`type` is `image`, `voice`, `video` or `thumb`; any other is answered 40004. It is refused here before anything is sent.",
      "2014.8":
        "The file is the form part `media`, with a file name and a content type. (The length that the page mentions is left out, as by the page's own curl.)",
      "2014.9":
        "An upload answers `type`, `media_id` and `created_at`, the Unix time of the upload.",
      "2014.10": "A refused upload answers JSON with `errcode` and `errmsg`.",
      "2014.11": "A picture is a JPG of up to 1M.",
      "2014.12": "A voice is AMR or MP3, of up to 2M.",
      "2014.13": "A voice lasts up to 60 seconds.",
      "2014.14": "A video is an MP4 of up to 10MB.",
      "2014.15": "A thumb is a JPG of up to 64KB.",
      "2014.16":
        "A download is a GET of `/cgi-bin/media/get` with `access_token` and `media_id` in its query.",
      "2014.17": "A video cannot be downloaded. (Today's call answers the address of one.)",
      "2014.18":
        "A download answers 200 with Content-Type, Content-disposition naming the file by its `media_id`, Cache-Control and Content-Length.",
      "2014.19": "`curl -I` gets these headers without the file: HEAD is answered like GET.",
      "2014.20": "A `media_id` that is no good is answered 40007, as JSON under 200.",
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
        "The file is named to curl by its whole path behind an `@`. What goes out is the name alone, so a path is refused as a name.",
      "2012.2": "A `media_id` has 64 letters, digits, `-` and `_`.",
      "2012.3":
        "An uploaded thumb answers `thumb_media_id` in place of `media_id`. The result here has `media_id` all the same.",
      "2012.4": "A picture is a JPG of up to 128K.",
      "2012.5": "A voice is AMR or MP3, of up to 256K.",
      "2012.6": "A video is an MP4 of up to 1MB.",
      "2012.7": "A thumb is a JPG of up to 64KB.",
      "2012.8": "Media is kept for three days, after which its `media_id` is good no more.",
      "2012.9":
        "What is used for longer is uploaded again every three days, and its `media_id` replaced: `keepMedia`.",
      "2012.10": "A picture comes back as image/jpeg.",
      "2012.11": "A voice that went up as MP3 comes back as AMR, audio/amr.",
      "2012.12": "A voice lasts up to 60 seconds.",
      "2012.13": "A thumb comes back as image/jpeg.",
      "2012.14": "A video cannot be downloaded.",
      "2012.15": "The calls want http, and the host `file.api.weixin.qq.com`.",
      "2012.16":
        "What is downloaded is written to a new file. The name that the reply gives it is made safe to create one by.",
      "2012.17": "A download says how long it is, and is as long.",
      "2012.18":
        "With its `media_id` media is sent to a follower, as a passive reply or as a customer-service message.",
      "2012.19": "A token goes into the address, with 150 characters there.",
    },
  },
  {
    id: "publish",
    title: "媒体API文档",
    about:
      'The document of the publish library: covers, pictures, chunked videos, articles, in nine parts and seven questions. Its limits are `limits: "publish"`.',
    rules: {
      "publish.1":
        "In this order: the cover, the pictures of the content, a video where there is one, the article into the publish library, its submission. `publishArticle` goes that way.",
      "publish.2":
        "What is uploaded is not submitted, and not published however long it lies there. Its author previews or deletes it on mp.weixin.qq.com under 媒体API.",
      "publish.3":
        "To submit is to have it reviewed, as a mass sending is. What passes is published, what does not is a `ReviewError`.",
      "publish.4":
        "一. A cover is a POST to `/cgi-bin/material/add_material` with `access_token` and `type` in its query.",
      "publish.5":
        "`type` is `image` or `thumb`, and either makes a cover. (Today's page has `voice` and `video` too.)",
      "publish.6":
        "The file is the form part `media`, with a file name and a content type. (The length that the page mentions is left out, as by the page's own curl.)",
      "publish.7":
        "The library holds 100,000 pictures. A full one refuses (45074 in WeChat's table), and the error says to delete. (Tried with fewer.)",
      "publish.8": "A cover has up to 2M. (Today 10M, which is the default.)",
      "publish.9": "A cover answers `media_id` and `url`.",
      "publish.10":
        "二. A picture of the content is a POST to `/cgi-bin/media/uploadimg` with `access_token` in its query.",
      "publish.11": "The file is the form part `media` here, too.",
      "publish.12": "It takes no place in the library.",
      "publish.13": "It has up to 5M. (Today less than 1M; the default is 1 MiB.)",
      "publish.14": "It answers `url`, an address that the content may use.",
      "publish.15": "A picture that is refused answers an error: `MpApiError`.",
      "publish.16":
        "三. A video goes up in four steps: announced, sent in blocks, finished, saved.",
      "publish.17":
        "Blocks are counted from 1. (They have 1MB in one sentence, 1MB at most in the next: each has 1 MiB here, and the last what is left.)",
      "publish.18":
        "The announcement is a POST to `/cgi-bin/material/upload_video` with `action=init_upload`, and JSON of `filename`, `filesha` and `filesize`.",
      "publish.19":
        "`filesha` is the SHA-1 of the file in hexadecimal, as sha1sum, shasum and certutil print it.",
      "publish.20": "A video has up to 2G.",
      "publish.21": "The announcement answers `ret` 0 and the `vid` of the upload.",
      "publish.22":
        "A block is a POST with `action=upload_block`, `vid`, `part_sha` and `part_num` in the query; `part_sha` is the SHA-1 of the block.",
      "publish.23":
        "The body is the bytes of the block, as application/octet-stream. (All of them: the page's `curl -d` drops line ends and what follows a zero.)",
      "publish.24":
        "The end is a POST with `action=upload_finish` and `vid` in the query, and no body.",
      "publish.25": "`ret` 0 is the answer of a block and of the end. Any other is an error.",
      "publish.26":
        "The save is a POST with `action=save_video` and JSON; its `content` is the `vid`, beside `title`, `video_desc` and `cover_url`.",
      "publish.27": "`declare_ori` is 1 or 0.",
      "publish.28":
        "`newcat` and `newsbcat` are categories of a table that is not public. What is given goes out as it is.",
      "publish.29":
        "There are at most 5 `tags`. (Whether they are a list or a string is not said. What is given goes out as it is.)",
      "publish.30": "The save answers `ret` 0 and a `media_id`.",
      "publish.31":
        "四. A status is asked for by POST with `action=query_status` and `media_id` in the query: the one of the save, not the `vid`.",
      "publish.32":
        "It answers `status`, `ori_status`, `mp_video_fail_detail_wording` and `vid`, with neither `ret` nor `errcode`.",
      "publish.33": "`status` 0: under review, `waitForVideo` goes on.",
      "publish.34": "`status` 2: refused.",
      "publish.35": "`status` 3: approved, `waitForVideo` ends.",
      "publish.36": "`status` 4: being transcoded, `waitForVideo` goes on.",
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
      "publish.45": "The list holds one article and no more.",
      "publish.46": "`thumb_media_id` must be there: the `media_id` of a cover.",
      "publish.47": "`title` must be there.",
      "publish.48": "`content` must be there.",
      "publish.49": "All other fields may be left out.",
      "publish.50": "`author` has no limit here. (16 characters in a draft: more is a warning.)",
      "publish.51": "`content_source_url` is where 阅读原文 leads.",
      "publish.52":
        "To the App Store it is a short address of itun.es or appsto.re with `#wechat_redirect` behind it. (The page has the misprint itunes.es, which passes too.)",
      "publish.53": "`content` is HTML.",
      "publish.54": "Only an account with WeChat Pay may have links in it, the tag `a`.",
      "publish.55":
        "An empty `digest` becomes the first 64 characters of the text. (54 in a draft.)",
      "publish.56": "`show_cover_pic` is 1 to show the cover in the article, 0 not to.",
      "publish.57": "`need_open_comment` is 1 to open comments, 0 not to.",
      "publish.58": "`only_fans_can_comment` is 1 to let followers alone comment, 0 to let all.",
      "publish.59":
        "It answers `type` news, `media_id`, `create_at` and `item`. (Elsewhere WeChat writes `created_at`: the result has both.)",
      "publish.60":
        "In `item` the `index` counts from 0, unlike that of an update or a deletion. `ad_count` is not explained.",
      "publish.61": "All further calls go by this `media_id`.",
      "publish.62":
        "文章中添加视频. A video is shown by an iframe, which `videoFrame` writes as the page does. (Published articles have `vid=` where the page has `mpvid=`: both are found.)",
      "publish.63": "It must be the account's own and approved, or the article is refused.",
      "publish.64":
        "So a video's status is asked for until it is approved, and then the article is uploaded.",
      "publish.65": "Mini programs open by a card, `miniProgramCard`.",
      "publish.66": "Or by a string, `miniProgramLink`. (The page's sample has lost its `</a>`.)",
      "publish.67": "Or by a picture. (The sample has lost its `<img>` too.)",
      "publish.68":
        "`data-miniprogram-appid` and `data-miniprogram-path` must be there, in each of the three.",
      "publish.69": "A card has `data-miniprogram-title`, of up to 35 characters.",
      "publish.70":
        "A card has `data-miniprogram-imageurl`. (The sample says `data-progarm-imageurl`, the table does not: that is a misprint, and found.)",
      "publish.71": "That picture has 1080×864 pixels.",
      "publish.72":
        "六. A submission is a POST to `/cgi-bin/publish/submit` of `media_id` and `msgtype`, always `mpnews`.",
      "publish.73": "An account submits 200 articles a day, and deleting gives none back.",
      "publish.74": "`errcode` 0 says that it is submitted, whatever `errmsg` says.",
      "publish.75":
        "`abnormal status` in `errmsg` says that it was submitted before, which is no error here.",
      "publish.76":
        "七. Only what is not submitted can be changed. After that `errmsg` is `invalid status`, and the error says what that means.",
      "publish.77":
        "A change is a POST to `/cgi-bin/publish/update` of `media_id`, `index` and `articles`, which is an article here and no list.",
      "publish.78": "`index` counts from 1.",
      "publish.79": "`errcode` 0 says that it is changed.",
      "publish.80":
        "八. A deletion is a POST to `/cgi-bin/publish/delete` of `media_id` and `index`.",
      "publish.81":
        "`index` counts from 1, and 0 deletes all: that has to be said once more, by `{ all: true }`.",
      "publish.82": "`errcode` 0 says that it is deleted.",
      "publish.83": "九. A query is a POST to `/cgi-bin/publish/query` of `media_id`.",
      "publish.84":
        "`status` is 未提交, 审核中, 发布成功 or 审核未通过. The result has it in English, too.",
      "publish.85":
        "`url` is the address of the article. (Whether it is there before publication is not said.)",
      "publish.86": "`errmsg` is a misprint, `delete success`, and is not looked at.",
      "publish.87":
        "FAQ 1. Where the page does not tell enough, ask WeChat: each error keeps WeChat's number, text, `rid` and `hint`, and says what to do where that is known.",
      "publish.88": "FAQ 2. Every call needs an `access_token`.",
      "publish.89": "Room is kept for 512 characters of it, and for more.",
      "publish.90": "It lives for two hours, and is taken anew before.",
      "publish.91":
        "Taking another kills the one before. (Five minutes later, and where `token` is `plain`: the default is of another kind.)",
      "publish.92":
        "FAQ 3. `access_token expired` is its two hours: another is taken and the call repeated.",
      "publish.93":
        "`invalid credential, access_token is invalid or not latest` is another account's token, or one that a later one has killed. Another is taken; where that one is refused, too, the error names the causes that are left.",
      "publish.94": "FAQ 4. A title has up to 64 characters. (32 in a draft.)",
      "publish.95": "A digest has up to 120 characters. (128 in a draft.)",
      "publish.96":
        "They are counted as characters where the request is UTF-8, so that is what goes out, unescaped.",
      "publish.97":
        "FAQ 5. Bodies are JSON in UTF-8. (All of them, the page says. Those of files and blocks are not, as it shows itself.)",
      "publish.98":
        "`empty media data` is a body that WeChat cannot read by its form or its encoding, and the error says so. (44001 in WeChat's table. Calls of other documents have other numbers for it.)",
      "publish.99": "FAQ 6. `index` says which article is meant. An upload has one, so it is 1.",
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
        "`filename` is the merchant's own, and ends in avi, wmv, mpeg, mp4, mov, mkv, flv, f4v, m4v or rmvb. (That of one sample ends in jpg.)",
      "payvideo.7":
        "`sha256` is the SHA-256 of the bytes of the file. (In hexadecimal, though the samples are not.)",
      "payvideo.8":
        "What is signed behind POST, path, time and nonce is the JSON of `meta`, without the file. (The samples sign something else than they send; here it is the same bytes.)",
      "payvideo.9":
        "Authorization is WECHATPAY2-SHA256-RSA2048 with mchid, nonce_str, timestamp, serial_no and signature.",
      "payvideo.10": "The content is of one of the ten formats.",
      "payvideo.11": "It has up to 5M.",
      "payvideo.12":
        "It answers `media_id`, a string (of up to 512 characters) for the calls that ask for one.",
      "payvideo.13": "500 SYSTEMERROR 系统错误: the same call is tried again.",
      "payvideo.14": "500 SYSTEMERROR 文件系统错误,请稍后重试: the same call is tried again.",
      "payvideo.15": "400 PARAM_ERROR 视频文件名称不正确: the name has none of the ten ends.",
      "payvideo.16":
        "400 PARAM_ERROR 文件二进制内容不是视频: the content begins like none of the ten.",
      "payvideo.17": "400 PARAM_ERROR 视频sha256值有误: the digest is not that of the file.",
      "payvideo.18": "400 PARAM_ERROR 文件大小不能超过5M.",
      "payvideo.19": "400 PARAM_ERROR 文件为空.",
      "payvideo.20": "429 FREQUENCY_LIMIT_EXCEED 操作过快,请稍后重试: tried again after a pause.",
      "payvideo.21":
        "429 FREQUENCY_LIMIT_EXCEED 当天上传文件数已达上限: not tried again, as it lasts until tomorrow.",
      "payvideo.22": "403 NO_AUTH 商户权限异常: not tried again.",
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
        "`sha256` is the SHA-256 of the bytes of the file. (Once it is called digest. In hexadecimal, though the samples are not.)",
      "payimage.8":
        "What is signed behind POST, path, time and nonce is the JSON of `meta`, without the file. (The samples sign something else than they send; here it is the same bytes.)",
      "payimage.9":
        "Authorization is WECHATPAY2-SHA256-RSA2048 with mchid, nonce_str, timestamp, serial_no and signature.",
      "payimage.10": "The content is JPEG, BMP or PNG.",
      "payimage.11": 'It has up to 2M. (Other pages say 5M: `limits: "ecommerce"`.)',
      "payimage.12":
        "It answers `media_id`, a string (of up to 512 characters) for the calls that ask for one. (A UUID in the table, longer in the sample: it is taken as it comes.)",
      "payimage.13": "500 SYSTEMERROR 系统错误: the same call is tried again.",
      "payimage.14": "500 SYSTEMERROR 文件系统错误,请稍后重试: the same call is tried again.",
      "payimage.15": "400 PARAM_ERROR 图片文件名称不正确: the name has none of the ends.",
      "payimage.16":
        "400 PARAM_ERROR 文件二进制内容不是图片: the content begins like none of the formats.",
      "payimage.17": "400 PARAM_ERROR 图片sha256值有误: the digest is not that of the file.",
      "payimage.18": "400 PARAM_ERROR 文件大小不能超过2M.",
      "payimage.19": "400 PARAM_ERROR 文件为空.",
      "payimage.20": "429 FREQUENCY_LIMIT_EXCEED 操作过快,请稍后重试: tried again after a pause.",
      "payimage.21":
        "429 FREQUENCY_LIMIT_EXCEED 当天上传文件数已达上限: not tried again, as it lasts until tomorrow.",
      "payimage.22": "403 NO_AUTH 商户权限异常: not tried again.",
    },
  },
];

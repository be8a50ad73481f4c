// The rules of WeChat's documents, one for each that a reader would list, in words of our own.
// A test holds a rule by carrying its id in brackets in its name.

export interface RuleDocument {
  /** What the ids of its rules begin with, which is the name of its profile of limits. */
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
];

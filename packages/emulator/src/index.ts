// The emulator in process. How each of its rules is known:
//
// WeChat Pay v3: uploads, certificates and one application
// documented  paths, forms, signing, the rows of the error table and their texts, the size limits, 100
//             calls a minute and 20 a second; the list of certificates, its encryption, its 404; the
//             texts of a 401; encrypted fields
// reported    SIGN_ERROR with its issue nested twice; "Http头缺少Accept或User-Agent"; 404 and 405
//             with an empty body; the text for a field that cannot be decrypted; item_id of a submission
//             file in meta or beside it. The form: a meta that cannot be found (boundary in quotes, LF
//             alone, another Content-Type, a filename) is verified over an empty body, a missing
//             picture has a text of its own, names need quotes.
//             Taken: chunked bodies, no boundary in Content-Type, preamble and epilogue, filename*
//             beside filename, a serial_no in lower case, any Wechatpay-Serial where nothing is
//             encrypted. Errors are signed if the request's signature held, but no 401
// assumed     the order of the checks; 1M = 2^20 bytes; which leading bytes count; hex digits and
//             extension in any case; extension and content may differ; the answers to an unknown
//             mchid, a form without meta, a video without its file, malformed parts; a day of a quota
//             is a day in Asia/Shanghai; the window of a rate slides; failed uploads do not count; how
//             long a certificate lasts and in which order certificates are listed; most answers of an
//             application
//
// Notifications of WeChat Pay
// documented  fields, encryption, signature; the 15 attempts after the first; 200 or 204 within 5 seconds
// reported    the order of the fields, the User-Agent; what the body of an answer says does not count
// assumed     the values of the samples; each attempt is signed and encrypted anew; probes come first
//
// Official Account: tokens, temporary and permanent media, pictures of articles, messages
// documented  paths, parameters, answers; the texts of the errcodes; a preview's towxname counts before
//             its touser, 100 previews a day by it; 7200 seconds, five minutes of
//             overlap, the two kinds of token are independent, refreshes 30 seconds apart and 20 a
//             day; the IP whitelist applies to every call; sizes, formats and 60 seconds; 3 days; the
//             headers of a download; 100,000 pictures and 1000 other files
// reported    HTTP 200 for errors, hint and rid after an errmsg, text/plain; 40125 for a wrong secret;
//             the text of 40164; "meida" in 40006; 40006, 45001 or 40009 for a picture too large;
//             41005 for a quoted boundary, no filename, an unreadable form; 40113 of add_material for
//             no extension, WebP, HEIC; 412 for chunked bodies; 2000 plain tokens a day;
//             thumb_media_id; MP3 comes back as AMR; ids of 64 and 43 characters, the latter with the
//             same beginning for one account; 8 MB for a picture of an article
// assumed     the order of the checks; 40014 for what cannot be a token; 40010 to 40012; 40005 of
//             media/upload and, for other formats, 40113 of add_material; extension and content may
//             differ; 100 ms more than 60 seconds; which calls a quota counts; the bytes of generated
//             AMR and speex; most errors of the library, of messages and of previews
//
// Messages and events of the Official Account
// documented  signature, envelope, the three modes, echostr; 5 seconds; success, an empty text or a reply
// reported    the User-Agent; a key may end in spare bits that are not zero
// assumed     three times in all; another status than 200 is as no answer; each attempt is signed anew
//
// Videos in blocks and the publish library (媒体API), drafts and their publication
// documented  paths, fields and answers, with create_at, a query that says "delete success" and an
//             index from 0 or from 1; blocks of 1 MB, 2G, 5 tags; the statuses of videos, articles and
//             publications; 44001, "abnormal status", "invalid status"; 200 articles a day; lengths of
//             title, digest, author, content and card; 1080*864; whose pictures, links and videos are
//             allowed; scripts and foreign pictures are removed; a published draft leaves the box
// reported    44003 for articles of another shape; vid= in a video's frame
// assumed     every ret other than 0, every errcode of publish/* but 44001, and what else is refused
//             and how; which blocks may be small, late or sent twice; finish and save twice; how
//             characters are counted; how long reviews take; no url before there is a page; the page
//
// Third-party platforms (第三方平台)
// documented  paths, parameters, answers; a ticket every ten minutes, valid for 12 hours; tokens of 7200
//             seconds; a new authorization ends the refresh token of the one before; 500 accounts a
//             page; the numbers of the permission sets; the errcodes of api_component_token
// reported    both names of the token in the query
// assumed     the order of the checks and most errcodes; five minutes of overlap; a code works until it
//             expires, after 600 seconds; which calls a permission set has; the form of the values
//
// Not emulated: SM2; calls of the Official Account that mpEndpoints, platformEndpoints, videoEndpoints,
// publishEndpoints, commentEndpoints and quotaEndpoints do not list. The evidence of each endpoint is in
// pay/upload-endpoints.ts, pay/endpoints.ts, and endpoints.ts in mp/ and its folders.

export type { AccountMessage } from "./control/account-message.ts";
export type { Control } from "./control/control.ts";
export type { MaterialNews } from "./control/library-news.ts";
export type {
  AuthorizedPush,
  MpPlatformControl,
  OfPlatform,
  PlatformStatus,
  UnauthorizedPush,
} from "./control/mp-platforms.ts";
export type { UserMedia } from "./control/user-sends.ts";
export { type Credentials, credentials } from "./demo/credentials.ts";
export { merchantCertificate } from "./demo/keys.ts";
export { createEmulator, type Emulator } from "./emulator.ts";
export type { Fault, FaultAction, FaultKind, FaultMatch } from "./faults/fault.ts";
export { faultKinds } from "./faults/kinds.ts";
export type { FaultControl } from "./faults/queue.ts";
export type { Evidence } from "./http/evidence.ts";
export type { JournalControl, JournalEntry } from "./journal/journal.ts";
export type { Account, AccountRight, ShownAccount } from "./mp/account.ts";
export type { CallbackAddress, CallbackMode } from "./mp/callbacks/address.ts";
export type { CallbackFault } from "./mp/callbacks/callback.ts";
export type { CallbackAttempt, SentCallback } from "./mp/callbacks/callbacks.ts";
export type { XmlFields, XmlValue } from "./mp/callbacks/xml.ts";
export { commentEndpoints } from "./mp/comment/endpoints.ts";
export { type MpEndpoint, mpEndpoints } from "./mp/endpoints.ts";
export type { MediaProfile, MediaSlot, MediaType, MpLimitName } from "./mp/media/limits.ts";
export type { StoredMpMedia } from "./mp/media/store.ts";
export type { SentMessage } from "./mp/message/messages.ts";
export type { SentPreview } from "./mp/message/previews.ts";
export type { MpOptions } from "./mp/options.ts";
export type { PlatformAuthorization } from "./mp/platform/authorizations.ts";
export { platformEndpoints } from "./mp/platform/endpoints.ts";
export type { Platform } from "./mp/platform/platform.ts";
export type { PushAddress, TicketPush } from "./mp/platform/pushes.ts";
export type { Article, CoverCrop } from "./mp/publish/article.ts";
export type { DraftControl, StoredDraft } from "./mp/publish/drafts.ts";
export { publishEndpoints } from "./mp/publish/endpoints.ts";
export type { NewsControl, NewsStatus, StoredNews } from "./mp/publish/news.ts";
export type { PublishOptions } from "./mp/publish/options.ts";
export type { PublicationControl, StoredPublication } from "./mp/publish/publications.ts";
export { quotaEndpoints } from "./mp/quota/endpoints.ts";
export type { ReviewTimes } from "./mp/review.ts";
export type {
  IssuedToken,
  PlatformTokenKind,
  TokenCalls,
  TokenControl,
  TokenKind,
  TokenState,
} from "./mp/token/tokens.ts";
export type { VideoBlock } from "./mp/video/blocks.ts";
export { videoEndpoints } from "./mp/video/endpoints.ts";
export type { VideoOptions } from "./mp/video/options.ts";
export { type VideoRefusal, videoRefusals } from "./mp/video/refusals.ts";
export type { StoredVideo, VideoControl, VideoDetails, VideoStatus } from "./mp/video/videos.ts";
export type { EmulatorOptions, OptionChanges } from "./options.ts";
export type { Applyment } from "./pay/applyments.ts";
export { type PayEndpoint, payEndpoints } from "./pay/endpoints.ts";
export type { StoredPayMedia } from "./pay/media-store.ts";
export type { CertificateState, Merchant, MerchantRegion } from "./pay/merchants.ts";
export type { Notification, NotificationFault } from "./pay/notifications/notification.ts";
export type { NotificationAttempt, SentNotification } from "./pay/notifications/notifications.ts";
export type {
  PlatformCertificateStatus,
  PlatformControl,
  PlatformMode,
} from "./pay/platform/state.ts";
export {
  type PayUploadAnswer,
  type PayUploadEndpoint,
  type PayUploadForm,
  type PayUploadKind,
  payUploadEndpoints,
} from "./pay/upload-endpoints.ts";
export type { Clock } from "./time/clock.ts";

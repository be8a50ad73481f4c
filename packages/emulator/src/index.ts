// WeChat Pay v3 uploads, certificates and one application, in process. What is known, and how:
//
// documented  paths, form, signing, the rows of the error table and their texts, the size limits; the
//             list of certificates, its sealing, its 404; the texts of a 401; encrypted fields
// reported    SIGN_ERROR nested once more; "Http头缺少Accept或User-Agent"; 404 and 405 with an
//             empty body; 412 for chunked bodies (Official Account hosts); filename* and an unquoted
//             filename refused; a meta part with a filename signs over an empty body; the text of a
//             field that cannot be decrypted
// assumed     the order of the checks; 1M = 2^20 bytes; which leading bytes count; hex and extension
//             of any case; extension and content need not agree; what an unknown mchid, a malformed
//             form or a missing part is answered with; error replies unsigned, 400 and 429 too; days
//             of a quota are those of Asia/Shanghai; failed uploads do not count; how long a
//             certificate lasts, in which order they are listed; most answers of an application
//
// Not here: SM2, the Official Account. Each route's own evidence is in pay-routes.ts and pay-calls.ts.

export type { Applyment } from "./applyments.ts";
export type { Clock } from "./clock.ts";
export type { Control } from "./control.ts";
export { type Credentials, credentials } from "./credentials.ts";
export { merchantCertificate } from "./demo-keys.ts";
export { createEmulator, type Emulator } from "./emulator.ts";
export type { Evidence } from "./evidence.ts";
export type { Fault, FaultAction, FaultKind, FaultMatch, Faults } from "./faults.ts";
export type { Journal, JournalEntry } from "./journal.ts";
export type { StoredMedia } from "./media-store.ts";
export type { CertificateState, Merchant } from "./merchants.ts";
export { type PayCall, payCalls } from "./pay-calls.ts";
export { type PayRoute, type PayRouteName, payRoutes } from "./pay-routes.ts";
export type { Platform, PlatformCertificateStatus, PlatformMode } from "./platform-state.ts";
export type { EmulatorOptions } from "./state.ts";

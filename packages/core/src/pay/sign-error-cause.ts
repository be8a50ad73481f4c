/** What may have caused a 401; the name says what to check. */
export type SignErrorCause =
  | "private-key"
  | "serial"
  | "merchant"
  | "certificate-expired"
  | "certificate-revoked"
  | "certificate-replaced"
  | "api-v3-key-unset"
  | "body-changed"
  | "body-missing"
  | "path-changed"
  | "query-changed"
  | "method-changed"
  | "authorization-changed"
  | "clock";

import { PayApiError } from "@wechat-edge/core";

/** Documented for bills: 400 INVALID_REQUEST and 403 NO_AUTH. */
const ADVICE: Readonly<Record<number, string>> = {
  400: "A download_url is valid for 5 minutes, by older documents for 30 seconds: ask for a new one.",
  403: "Only the merchant that asked for the download_url may use it.",
};

/** Adds what the error of a download means, and throws it again. */
export function withAdvice(hasUrl: boolean): (error: unknown) => never {
  return (error) => {
    if (hasUrl && error instanceof PayApiError && ADVICE[error.status] !== undefined) {
      error.message += `. ${ADVICE[error.status]}`;
    }
    throw error;
  };
}

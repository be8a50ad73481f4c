import type { MediaError } from "@wechat-edge/core";

/**
 * Says in one or two sentences why a file is refused and what to send instead. The message of the
 * error itself names options of the library, which callers of the Worker cannot set.
 */
export function refusalOf({ reason, expected, actual = "", message }: MediaError): string {
  if (expected === undefined) return message;
  switch (reason) {
    case "empty":
      return "The file is empty. Send the file itself as the body: curl --data-binary @licence.jpg.";
    case "name":
      return `The file name ${JSON.stringify(actual)} is not allowed; allowed: ${expected}. Rename the file.`;
    case "extension":
      return `The file name must end in one of ${expected}, not ${JSON.stringify(actual)}.`;
    case "format":
      return actual === "unknown"
        ? `The file is of no known format; allowed: ${expected}. Convert the file.`
        : `The file contains ${actual.toUpperCase()}; allowed with this name: ${expected}. Another name does not help: convert the file.`;
    case "size":
      return `The file has ${actual}; allowed: ${expected}. Make it smaller.`;
    case "changed":
      return `The headers announce ${expected}, and the body has ${actual}. Nothing was uploaded.`;
    default:
      return message;
  }
}

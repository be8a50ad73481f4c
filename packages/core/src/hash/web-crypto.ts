import { feature } from "../feature.ts";

/** Throws TypeError in a runtime without `crypto.subtle`, such as a page over http. */
export function requireWebCrypto(): void {
  if (feature(() => crypto.subtle as object | undefined) !== undefined) return;
  throw new TypeError(
    "This runtime has no WebCrypto (crypto.subtle). A page has it only over https and on localhost.",
  );
}

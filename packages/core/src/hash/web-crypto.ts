import { feature } from "../feature.ts";

/** Returns WebCrypto's functions. Throws TypeError in a runtime without them, such as a page over http. */
export function webCrypto(): SubtleCrypto {
  const subtle = feature(() => crypto.subtle as SubtleCrypto | undefined);
  if (subtle !== undefined) return subtle;
  throw new TypeError(
    "This runtime has no WebCrypto (crypto.subtle). A page has it only over https and on localhost.",
  );
}

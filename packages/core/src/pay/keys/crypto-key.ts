/** A CryptoKey of WebCrypto, whichever library declares it. */
export interface CryptoKeyLike {
  readonly type: string;
  readonly extractable: boolean;
  readonly algorithm: { readonly name: string };
  readonly usages: readonly string[];
}

/** The CryptoKey of the program that is compiled, where its types make `crypto` a variable. */
export type CryptoKey = typeof globalThis extends {
  crypto: { subtle: { importKey: (...args: never) => Promise<infer Key> } };
}
  ? Key
  : CryptoKeyLike;

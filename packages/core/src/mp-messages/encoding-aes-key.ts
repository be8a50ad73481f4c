/**
 * Decodes a checked EncodingAESKey (消息加解密密钥): the base64 of 32 bytes without its `=`. Its last character has two
 * bits too many, which are not always zero (reported): the platform makes keys of random letters and digits.
 */
export function decodeEncodingAesKey(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(`${text}=`), (byte) => byte.charCodeAt(0));
}

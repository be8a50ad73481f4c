import { type MpClient, mpParts } from "../mp/client.ts";
import { decodeEncodingAesKey } from "./encoding-aes-key.ts";
import type { EnvelopeSecrets } from "./envelope.ts";

/** Returns what the messages of a client's account are signed and encrypted with. Throws TypeError if it has no token. */
export function messageSecrets(mp: MpClient): EnvelopeSecrets {
  const { token, keys, appid } = mpParts(mp).messages();
  if (token === undefined) {
    throw new TypeError(
      "Messages are signed with the Token (令牌), which this client does not have. Pass messageToken to createMpClient, and encodingAESKey if the messages are encrypted.",
    );
  }
  return { token, keys: keys.map(decodeEncodingAesKey), appid };
}

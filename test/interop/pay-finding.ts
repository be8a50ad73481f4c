import { credentials } from "@wechat-edge/emulator";
import { exampleFiles, type MadeFiles } from "./interop-files.ts";
import { answerOf, type Finding } from "./page.ts";
import type { Peer } from "./peers/peer.ts";
import type { Outcome, Recorder } from "./recorder.ts";
import { payTraits } from "./traits.ts";

const [platformKey = { platformKeyId: "", key: "" }] = credentials.pay.platformKeys;

/** Lets a client of WeChat Pay upload everything there is. */
export async function findPay(peer: Peer, recorder: Recorder, files: MadeFiles): Promise<Finding> {
  const { origin } = recorder;
  const upload = (kind: keyof typeof exampleFiles, file = exampleFiles[kind], how = {}) =>
    recorder.record(() => peer.upload({ origin, platformKey, kind, file }), how);
  const image = await upload("image");
  const quoted = await upload("image", files.quoted);
  const large = await upload("image", files.large);
  const outcomes: Record<string, Outcome> = {
    image,
    video: await upload("video"),
    "marketing picture": await upload("marketing picture"),
    "one bit of meta flipped": await upload("image", exampleFiles.image, { flip: true }),
    '`"` in the file name': quoted,
    "1.5 MiB": large,
  };
  const answers = Object.entries(outcomes).map(([column, { exchange }]) => [
    column,
    answerOf(exchange),
  ]);
  return {
    name: peer.name,
    ...(peer.refused && { why: peer.refused.why }),
    answers: {
      ...(Object.fromEntries(answers) as Record<string, string>),
      "checks the reply": peer.verifies ? "yes" : "no",
    },
    traits: payTraits({
      image: image.exchange,
      quoted: quoted.exchange,
      large: large.exchange,
    }),
  };
}

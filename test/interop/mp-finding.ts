import { readFile } from "node:fs/promises";
import { exampleFiles, type MadeFiles } from "./interop-files.ts";
import { type MpPeer, mpPaths, tokenPaths } from "./mp-peers/peer.ts";
import { answerOf, type Finding } from "./page.ts";
import type { Exchange, Recorder, Watched } from "./recorder.ts";
import { mpTraits } from "./traits.ts";

/** Lets a client of an Official Account upload everything there is, and read it back. */
export async function findMp(peer: MpPeer, recorder: Recorder, files: MadeFiles): Promise<Finding> {
  const { image: file } = exampleFiles;
  const opened = await recorder.watch(async () => {
    const client = await peer.open(recorder.origin);
    return { client, mediaId: await client.uploadImage(file) };
  });
  if (opened.value === undefined) throw opened.error;
  const { client, mediaId } = opened.value;
  const upload = async (path: string, call: () => Promise<string>): Promise<Exchange> =>
    requestTo(path, await recorder.watch(call));
  const image = requestTo(mpPaths.media, opened);
  const quoted = await upload(mpPaths.media, () => client.uploadImage(files.quoted));
  const large = await upload(mpPaths.media, () => client.uploadImage(files.large));
  const material = await upload(mpPaths.material, () => client.addMaterial(file));
  const article = await upload(mpPaths.articleImage, () => client.uploadArticleImage(file));
  const same = (await client.download(mediaId)).equals(await readFile(file));
  await client.close();
  return {
    name: peer.name,
    answers: {
      picture: answerOf(image),
      "read back": same ? "the same" : "other bytes",
      "for the library": answerOf(material),
      "of an article": answerOf(article),
      '`"` in the file name': answerOf(quoted),
      "1.5 MiB": answerOf(large),
    },
    traits: mpTraits({ image, quoted, large }, requestTo(tokenPaths[peer.token], opened)),
  };
}

/** The one request to that path. */
export function requestTo(path: string, { exchanges, error }: Watched<unknown>): Exchange {
  const found = exchanges.filter(({ target }) => target.split("?")[0] === path);
  const [exchange] = found;
  if (exchange === undefined || found.length > 1) {
    throw new Error(`The client sent ${found.length} requests to ${path}; it must send 1.`, {
      cause: error,
    });
  }
  return exchange;
}

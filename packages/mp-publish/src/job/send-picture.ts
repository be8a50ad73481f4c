import {
  type FileInput,
  isWechatError,
  MediaError,
  MpApiError,
  type MpClient,
} from "@wechat-edge/core";
import { missingField, sourceOf } from "@wechat-edge/core/internal/upload";
import { addMaterial, type MediaProfile, uploadArticleImage } from "@wechat-edge/mp-media";
import { isOnCard } from "./compose.ts";
import {
  isInLibrary,
  isPictureJob,
  type LibraryPicture,
  type PublishJob,
  pictureName,
} from "./job.ts";
import type { StepContext } from "./options.ts";

type Options = Pick<StepContext, "signal" | "imageFallback" | "cardImages"> & {
  readonly limits: MediaProfile;
};

/** Uploads one picture of a job: its address for a content, its `media_id` for a picture message. */
export async function sendPicture(
  mp: MpClient,
  job: PublishJob,
  name: string,
  options: Options,
): Promise<string> {
  const what = pictureName(job, name);
  if (isPictureJob(job)) {
    return sendToLibrary(mp, what, job.images[Number(name)] as LibraryPicture, options);
  }
  const picture = job.images?.[name] as FileInput;
  return named(what, options, picture, async (file) => {
    const { cardImages = "material" } = options;
    if (cardImages === "material" && isOnCard(job, name)) return addedAddress(mp, file, options);
    return articleAddress(mp, file, options);
  });
}

/** Uploads a picture to the material library, unless it is there already. */
export async function sendToLibrary(
  mp: MpClient,
  what: string,
  picture: LibraryPicture,
  options: Options,
): Promise<string> {
  if (isInLibrary(picture)) return picture.media_id;
  return named(what, options, picture, async (file) => (await add(mp, file, options)).media_id);
}

/** A second copy in the library does no harm. */
const add = (mp: MpClient, file: FileInput, { signal, limits }: Options) =>
  addMaterial(mp, { type: "image" }, file, { signal, limits, retryUnknown: true });

async function addedAddress(mp: MpClient, file: FileInput, options: Options): Promise<string> {
  const { url } = await add(mp, file, options);
  if (url === undefined) throw missingField("url");
  return url;
}

async function articleAddress(mp: MpClient, file: FileInput, options: Options): Promise<string> {
  const { signal, limits, imageFallback } = options;
  try {
    return (await uploadArticleImage(mp, file, { signal, limits })).url;
  } catch (error) {
    if (imageFallback === undefined || !isNotTaken(error)) throw error;
    return addedAddress(mp, file, options);
  }
}

/** Invalid type, size of a picture, format, too large. */
const NOT_TAKEN: readonly number[] = [40005, 40006, 40009, 40113, 40137, 45001];

/** Whether uploadimg does not take a picture that the library may. */
function isNotTaken(error: unknown): boolean {
  if (error instanceof MpApiError) return NOT_TAKEN.includes(error.errcode);
  return error instanceof MediaError && ["extension", "format", "size"].includes(error.reason);
}

/** Uploads a file so that every error of it says which picture of the job it is. */
async function named<T>(
  what: string,
  { signal }: Options,
  input: FileInput,
  upload: (file: FileInput) => Promise<T>,
): Promise<T> {
  const source = sourceOf(what, input);
  const read: typeof source.read = async (start, end, options) => {
    try {
      return await source.read(start, end, options);
    } catch (cause) {
      if (isWechatError(cause) || signal?.aborted === true) throw cause;
      // A reader of the caller's own: whatever it throws, the picture cannot be had.
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new MediaError(`${JSON.stringify(source.name)} could not be read: ${why}`, {
        reason: "changed",
        cause,
      });
    }
  };
  try {
    return await upload({ ...source, read });
  } catch (error) {
    if (isWechatError(error) && signal?.aborted !== true) {
      error.message = `${what}: ${error.message}`;
    }
    throw error;
  }
}

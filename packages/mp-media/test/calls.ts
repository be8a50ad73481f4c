import { createMpClient, type FileInput, type MpClient, type StreamInput } from "@wechat-edge/core";
import {
  createEmulator,
  credentials,
  type Emulator,
  type EmulatorOptions,
} from "@wechat-edge/emulator";
import {
  addMaterial,
  checkArticleImage,
  checkMaterial,
  checkMedia,
  type MediaType,
  type MediaUploadOptions,
  uploadArticleImage,
  uploadMedia,
} from "../src/index.ts";

type Limits = MediaUploadOptions["limits"];

/** A call for one type of media, and its check. */
export interface UploadCall {
  readonly name: string;
  readonly type: MediaType;
  readonly upload: (
    mp: MpClient,
    file: FileInput | StreamInput,
    limits?: Limits,
  ) => Promise<unknown>;
  readonly check: (file: FileInput, limits?: Limits) => Promise<unknown>;
}

const TYPES: readonly MediaType[] = ["image", "voice", "video", "thumb"];
const description = { title: "A van", introduction: "It drives past." };

/** Every call of this package that takes a file. */
export const CALLS: readonly UploadCall[] = [
  ...TYPES.map((type) => ({
    name: `uploadMedia ${type}`,
    type,
    upload: (mp: MpClient, file: FileInput | StreamInput, limits?: Limits) =>
      uploadMedia(mp, { type }, file, { limits }),
    check: (file: FileInput, limits?: Limits) => checkMedia({ type }, file, { limits }),
  })),
  ...TYPES.map((type) => ({
    name: `addMaterial ${type}`,
    type,
    upload: (mp: MpClient, file: FileInput | StreamInput, limits?: Limits) =>
      addMaterial(mp, type === "video" ? { type, description } : { type }, file, { limits }),
    check: (file: FileInput, limits?: Limits) => checkMaterial({ type }, file, { limits }),
  })),
  {
    name: "uploadArticleImage",
    type: "image",
    upload: (mp, file, limits) => uploadArticleImage(mp, file, { limits }),
    check: (file, limits) => checkArticleImage(file, { limits }),
  },
];

export function openMp(options: EmulatorOptions = {}): { mp: MpClient; emulator: Emulator } {
  const emulator = createEmulator({ storage: "digests", ...options });
  return { mp: createMpClient({ ...credentials.mp, fetch: emulator.fetch }), emulator };
}

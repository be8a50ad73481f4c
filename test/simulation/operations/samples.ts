import { sampleFile as decoded } from "@wechat-edge/emulator/samples";

type Name = Parameters<typeof decoded>[0];

const files = new Map<Name, File>();

/** The emulator's sample of this name, decoded once for all seeds. */
export function sampleFile(name: Name): File {
  const file = files.get(name) ?? decoded(name);
  files.set(name, file);
  return file;
}

import type { FileInput, MediaError } from "@wechat-edge/core";
import { checkVideo, uploadVideo } from "@wechat-edge/pay-media";
import { expect } from "vitest";
import { payInProcess } from "./pay.ts";

/** The error of a video that is refused before anything is sent. */
export const refused = async (file: FileInput) => {
  const { pay, emulator } = payInProcess();
  const error = await uploadVideo(pay, file).then(
    () => expect.fail("the file was accepted"),
    (thrown: MediaError) => thrown,
  );
  await expect(checkVideo(file)).rejects.toThrow(error.message);
  expect(emulator.control.journal.entries()).toEqual([]);
  return error;
};

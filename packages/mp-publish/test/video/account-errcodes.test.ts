// A refusal of the account is not blamed on the video, whose upload is as good as before.

import { uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { expect, it } from "vitest";
import { failure } from "../../../../test/support/mp.ts";
import { details, videoBytes, videoInProcess } from "../../../../test/support/video.ts";

const file = new File([videoBytes(999)], "film.mp4");
const refusal = (errcode: number, action: string) => ({
  kind: "reply-json" as const,
  body: { errcode, errmsg: "no" },
  match: { action },
  times: 0,
});

it.each([
  [45009, "upload_finish", "wait until tomorrow"],
  [48001, "upload_finish", "may not use this call"],
])("%i to %s has its own advice", async (errcode, action, advice) => {
  const { mp, emulator, keep } = videoInProcess();
  emulator.control.faults.add(refusal(errcode, action));
  const { message } = await failure(uploadVideoMaterial(mp, details, file, keep));
  expect(message).toContain(advice);
  expect(message).not.toContain("without the checkpoint");
});

it.each([
  [45009, true],
  [100101, false],
])("%i to the save, after a finish that WeChat refused to repeat", async (errcode, isOfAccount) => {
  const { mp, emulator, keep } = videoInProcess();
  const { faults } = emulator.control;
  faults.add({ kind: "cut", at: "headers", match: { action: "upload_finish" } });
  faults.add(refusal(errcode, "save_video"));
  const { message } = await failure(uploadVideoMaterial(mp, details, file, keep));
  expect(message.includes("wait until tomorrow")).toBe(isOfAccount);
  expect(message.includes("Before that, WeChat refused upload_finish")).toBe(!isOfAccount);
});

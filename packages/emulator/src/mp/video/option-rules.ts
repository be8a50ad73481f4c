import { oneOf, optional, type RulesOf } from "../../validation/rules.ts";
import { reviewRule } from "../review-rule.ts";
import type { VideoOptions } from "./options.ts";

export const videoRules: RulesOf<VideoOptions> = {
  smallBlocks: optional(oneOf(["refuse", "accept"])),
  outOfOrderBlocks: optional(oneOf(["accept", "refuse"])),
  finishTwice: optional(oneOf(["refuse", "accept"])),
  saveTwice: optional(oneOf(["new", "same", "refuse"])),
  review: reviewRule,
};

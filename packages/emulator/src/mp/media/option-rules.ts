import { oneOf, optional, type RulesOf } from "../../validation/rules.ts";
import type { MaterialReplyOptions } from "./options.ts";

export const materialReplyRules: RulesOf<MaterialReplyOptions> = {
  materialHeaders: optional(oneOf(["file", "text"])),
};

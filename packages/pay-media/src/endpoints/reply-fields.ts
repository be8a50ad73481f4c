import type { JsonObject } from "@wechat-edge/core";
import { requiredText } from "@wechat-edge/core/internal/upload";

/** Returns a reply that has a text under `field`. Throws ReplyError for one without. */
export function withText<Field extends string>(
  reply: JsonObject,
  field: Field,
): JsonObject & Readonly<Record<Field, string>> {
  return { ...reply, [field]: requiredText(reply, field) } as JsonObject &
    Readonly<Record<Field, string>>;
}

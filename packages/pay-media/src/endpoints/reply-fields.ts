import type { JsonObject } from "@wechat-edge/core";
import { requiredId, requiredText } from "@wechat-edge/core/internal/upload";

type WithField<Field extends string> = JsonObject & Readonly<Record<Field, string>>;

/** Returns a reply that has a text under `field`. Throws ReplyError for one without. */
export function withText<Field extends string>(reply: JsonObject, field: Field): WithField<Field> {
  return { ...reply, [field]: requiredText(reply, field) } as WithField<Field>;
}

/** Returns a reply that has an id under `field`, as a text. Throws ReplyError for one without. */
export function withId<Field extends string>(reply: JsonObject, field: Field): WithField<Field> {
  return { ...reply, [field]: requiredId(reply, field) } as WithField<Field>;
}

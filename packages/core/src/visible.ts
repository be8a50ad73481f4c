/**
 * Control characters (C0, DEL, C1, with the escape sequences of terminals), line separators, what turns the direction of
 * a text, and halves of characters.
 */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}]/gu;

/**
 * Shows such characters as `\u001b`. Whoever wrote a text that a message quotes must not move the cursor of who reads
 * it, nor begin a line of a log.
 */
export function visible(text: string): string {
  return text.replace(HIDDEN, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

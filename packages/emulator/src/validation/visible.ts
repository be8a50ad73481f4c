/** Control characters, line separators, what turns the direction of a text, and halves of characters. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}]/gu;

/** Shows such characters as `\u001b`: what a request says must not move the cursor of a terminal, nor begin a line. */
export const visible = (text: string): string =>
  text.replace(HIDDEN, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);

// How WeChat counts 字 is not documented; code points are assumed.

export const countLetters = (text: string): number => Array.from(text).length;

export const firstLetters = (text: string, count: number): string =>
  Array.from(text).slice(0, count).join("");

/** Finds the name under which a picture of the content was given, or undefined. */
export type FindName = (url: string) => string | undefined;

/** Which of these names an address in HTML stands for. */
export function pictureNames(names: readonly string[]): FindName {
  const given = new Set(names);
  return (url) => (given.has(url) ? url : undefined);
}

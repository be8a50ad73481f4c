/** The id in the address of a picture, regardless of scheme, size and query. */
export const pictureId = (address: string): string | undefined =>
  /^(?:https?:)?\/\/mmbiz\.q(?:pic|logo)\.cn\/mmbiz\/([A-Za-z0-9_-]+)(?:[/?#]|$)/.exec(
    address.trim(),
  )?.[1];

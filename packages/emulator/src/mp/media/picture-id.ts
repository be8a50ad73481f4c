/** The id in the address of a picture, regardless of scheme, folder (`mmbiz_png`, `sz_mmbiz_jpg`), size and query. */
export const pictureId = (address: string): string | undefined =>
  /^(?:https?:)?\/\/mmbiz\.q(?:pic|logo)\.cn\/(?:sz_)?mmbiz(?:_[a-z]+)?\/([A-Za-z0-9_-]+)(?:[/?#]|$)/.exec(
    address.trim(),
  )?.[1];

const ICON =
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><circle cx='4' cy='4' r='3' fill='#07a35a'/></svg>";

export const ICON_ADDRESS: string = `data:image/svg+xml,${encodeURIComponent(ICON)}`;

/** Browsers request it themselves, also on the page of an article. */
export const answerIcon = (): Response =>
  new Response(ICON, {
    headers: { "content-type": "image/svg+xml", "cache-control": "max-age=86400" },
  });

/**
 * Where a caller is told today that nothing was done although it was. Each is listed until it is mended; one that is
 * mended makes the test fail until it is removed.
 */
export const knownFalsehoods: readonly string[] = [
  ...[401, 403, 404, 405, 407, 411, 412, 413, 414, 429, 431, 501, 505].map(
    (status) => `${status} with the page of a gateway`,
  ),
  "ids that are numbers",
];

/** The options of media and of the material library. All are about how replies are written. */
export interface MediaReplyOptions {
  /** Whether replies to uploads and to new drafts have `"item": []`, as recorded, which no document has. Default: true. */
  emptyItem?: boolean;
  /** How replies write `/`: `\/`, as recorded ("escaped", the default), or as it is ("plain"). */
  jsonSlashes?: "escaped" | "plain";
  /**
   * The headers of a file from get_material: those of media/get ("file", the default; assumed), or text/plain without a
   * file name ("text"; reported in 2016).
   */
  materialHeaders?: "file" | "text";
}

/** The options of the material library. */
export interface MaterialReplyOptions {
  /**
   * The headers of a file from get_material: those of media/get ("file", the default; assumed), or text/plain without a
   * file name ("text"; reported in 2016).
   */
  materialHeaders?: "file" | "text";
}

/** The permission sets (权限集) that an account grants unless a test says otherwise: those of an Official Account. */
export const ALL_FUNCTIONS: readonly number[] = [1, 2, 3, 4, 6, 7, 9, 11, 15];

/**
 * The permission sets of which a call needs one, by the start of its path. Those of media and freepublish are documented
 * on the pages of the calls; the others are assumed (1 消息管理, 7 群发与通知, 11 素材管理). Any other call needs none.
 */
const FUNCTION_OF: readonly (readonly [path: string, functions: readonly number[]])[] = [
  ["/cgi-bin/message/custom/", [1]],
  ["/cgi-bin/media/", [1, 3, 8, 9, 11, 19, 30, 31, 100]],
  ["/cgi-bin/material/", [11]],
  ["/cgi-bin/draft/", [11, 7]],
  ["/cgi-bin/freepublish/", [7]],
  ["/cgi-bin/publish/", [11, 7]],
  ["/cgi-bin/message/mass/", [7]],
];

/** Whether an account that grants these permission sets lets the platform make a call. */
export function isGranted(path: string, granted: readonly number[]): boolean {
  const [, functions] = FUNCTION_OF.find(([start]) => path.startsWith(start)) ?? [];
  return functions === undefined || functions.some((id) => granted.includes(id));
}

/** The permission sets (权限集) that an account grants unless a test says otherwise: those of an Official Account. */
export const ALL_FUNCTIONS: readonly number[] = [1, 2, 3, 4, 6, 7, 9, 11, 15];

/**
 * The permission set that a call belongs to, by the start of its path. The numbers are documented (1 消息管理, 7 群发与通知,
 * 11 素材管理); which calls of 媒体API belong to which is assumed. Any other call needs none.
 */
const FUNCTION_OF: readonly (readonly [path: string, functions: readonly number[]])[] = [
  ["/cgi-bin/message/custom/", [1]],
  ["/cgi-bin/media/", [11, 1]],
  ["/cgi-bin/material/", [11]],
  ["/cgi-bin/draft/", [11, 7]],
  ["/cgi-bin/freepublish/", [11, 7]],
  ["/cgi-bin/publish/", [11, 7]],
  ["/cgi-bin/message/mass/", [7]],
];

/** Whether an account that grants these permission sets lets the platform make a call. */
export function isGranted(path: string, granted: readonly number[]): boolean {
  const [, functions] = FUNCTION_OF.find(([start]) => path.startsWith(start)) ?? [];
  return functions === undefined || functions.some((id) => granted.includes(id));
}

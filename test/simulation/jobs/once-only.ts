/** A call that must not simply be made twice, as it arrived at WeChat. */
export interface OnceOnly {
  readonly what: string;
  /** Whether WeChat did it. */
  done: boolean;
  /** The id of what it made. */
  id: string | undefined;
  /** Whether an unknown outcome was answered "nothing" after it. */
  answeredNothing: boolean;
}

/** The paths of calls that add, publish or send something. */
const ONCE_ONLY: readonly (readonly [end: RegExp, what: string])[] = [
  [/\/draft\/add$/, "addDraft"],
  [/\/uploadnews$/, "addNews"],
  [/\/freepublish\/submit$/, "submitPublication"],
  [/\/material\/add_material$/, "addMaterial"],
  [/\/message\/custom\/send$/, "sendMedia"],
  [/action=save_video$/, "saveVideo"],
  [/\/applyment\/$/, "payRequest"],
];

/** What a request does that must not be done twice. */
export function onceOnlyOf(address: string): string | undefined {
  const { pathname, searchParams } = new URL(address);
  const action = searchParams.get("action");
  const path = action === null ? pathname : `${pathname}?action=${action}`;
  return ONCE_ONLY.find(([end]) => end.test(path))?.[1];
}

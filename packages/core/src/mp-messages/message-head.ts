/** What every message has. */
export interface MessageHead {
  /** Original id of the account (`gh_…`). */
  readonly ToUserName: string;
  /** OpenID of the follower. */
  readonly FromUserName: string;
  /** Unix seconds. */
  readonly CreateTime: number;
}

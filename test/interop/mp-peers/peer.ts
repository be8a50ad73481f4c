/** Where a client of an Official Account uploads to. */
export const mpPaths = {
  media: "/cgi-bin/media/upload",
  material: "/cgi-bin/material/add_material",
  articleImage: "/cgi-bin/media/uploadimg",
  download: "/cgi-bin/media/get",
} as const;

/** The two endpoints that give tokens. */
export const tokenPaths = { plain: "/cgi-bin/token", stable: "/cgi-bin/stable_token" } as const;

/** Somebody's client of an Official Account, as its documents show it. */
export interface MpPeer {
  readonly name: string;
  readonly token: keyof typeof tokenPaths;
  /** It keeps its token for the next call. */
  readonly keepsToken: boolean;
  /** A client that has no token yet. */
  readonly open: (origin: string) => Promise<MpPeerClient>;
}

/** Each rejects where the client reports a failure, and where what it returns is not what was asked for. */
export interface MpPeerClient {
  /** Uploads a picture that stays for three days; returns its media_id. */
  uploadImage(file: string): Promise<string>;
  /** Uploads a picture into the library; returns its media_id. */
  addMaterial(file: string): Promise<string>;
  /** Uploads a picture of an article; returns its address. */
  uploadArticleImage(file: string): Promise<string>;
  /** The bytes of what was uploaded for three days. */
  download(mediaId: string): Promise<Buffer>;
  /** Removes what it keeps outside this process. */
  close(): Promise<void>;
}

/** The text under `field` of a reply. Throws where there is none. */
export function textOf(reply: unknown, field: "media_id" | "url"): string {
  const text = ((reply ?? {}) as Record<string, unknown>)[field];
  if (typeof text !== "string") throw new Error(`No ${field} in ${JSON.stringify(reply)}.`);
  return text;
}

/** The bytes of a file. Throws where JSON came in their place. */
export function bytesOf(reply: unknown): Buffer {
  if (!Buffer.isBuffer(reply)) throw new Error(`No file in ${JSON.stringify(reply)}.`);
  return reply;
}

export const closeNothing = async (): Promise<void> => {};

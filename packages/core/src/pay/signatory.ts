import { shown } from "../given.ts";
import { checkId, MERCHANT_NUMBER } from "./keys/looks-like.ts";
import { isBrandPath } from "./path.ts";

/** Who signs: a merchant by its mchid, or a brand by its id, each with a scheme of its own. */
export interface Signatory {
  readonly id: string;
  readonly isBrand: boolean;
}

/** Reads who signs from the options of a client. Throws unless it is exactly one of the two. */
export function readSignatory({
  mchid,
  brandId,
}: {
  mchid?: unknown;
  brandId?: unknown;
}): Signatory {
  const isBrand = brandId !== undefined;
  if (isBrand && mchid !== undefined) {
    throw new TypeError("createPayClient needs mchid or brandId, one of the two.");
  }
  const id = isBrand ? brandId : mchid;
  checkId(isBrand ? "brandId" : "mchid", id, {
    pattern: /^[A-Za-z0-9_-]{1,32}$/,
    wanted: isBrand
      ? "the brand id (品牌ID) as a string"
      : 'the merchant number as a string, such as "1900007291"',
    own: [MERCHANT_NUMBER],
    Refusal: TypeError,
  });
  return { id, isBrand };
}

/** Throws TypeError for a path that WeChat Pay takes with the other scheme only. */
export function checkScheme(path: string, { isBrand }: Signatory, certificatePath?: string): void {
  if (isBrandPath(path) === isBrand || path === certificatePath) return;
  throw new TypeError(
    isBrand
      ? `path is ${shown(path)}; a client with brandId signs for paths that begin with /brand/. For others make one with mchid.`
      : `path is ${shown(path)}; it is signed for a brand. Make a client with brandId in place of mchid.`,
  );
}

import type { Evidence } from "../http/evidence.ts";
import { commentEndpoints } from "../mp/comment/endpoints.ts";
import { mpEndpoints } from "../mp/endpoints.ts";
import { platformEndpoints } from "../mp/platform/endpoints.ts";
import { publishEndpoints } from "../mp/publish/endpoints.ts";
import { quotaEndpoints } from "../mp/quota/endpoints.ts";
import { videoEndpoints } from "../mp/video/endpoints.ts";
import { payEndpoints } from "../pay/endpoints.ts";
import { payUploadEndpoints } from "../pay/upload-endpoints.ts";

/** What the page shows of a call of either service. */
export interface KnownCall {
  path: string;
  action?: string;
  evidence: { errors: Evidence };
  source: string;
}

export const knownCalls: readonly KnownCall[] = [
  ...payUploadEndpoints,
  ...payEndpoints,
  ...mpEndpoints,
  ...platformEndpoints,
  ...videoEndpoints,
  ...publishEndpoints,
  ...commentEndpoints,
  ...quotaEndpoints,
];

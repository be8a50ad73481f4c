import { addMpJsonRoute, addMpRoute, addOpenMpRoute, type MpRoutes } from "../add-route.ts";
import type { MpEndpoint } from "../endpoints.ts";
import {
  answerAccountInfo,
  answerClearPathQuota,
  answerClearQuota,
  answerClearQuotaBySecret,
  answerGetQuota,
  answerGetRid,
  clearingAppid,
} from "./calls.ts";
import {
  accountInfoEndpoint,
  clearPathQuotaEndpoint,
  clearQuotaBySecretEndpoint,
  clearQuotaEndpoint,
  getQuotaEndpoint,
  getRidEndpoint,
} from "./endpoints.ts";

/** `known` are the calls that have a quota. */
export function addQuotaRoutes(routes: MpRoutes, known: readonly MpEndpoint[]): void {
  addMpJsonRoute(routes, getQuotaEndpoint, answerGetQuota(known));
  addMpJsonRoute(routes, clearPathQuotaEndpoint, answerClearPathQuota(known));
  addMpJsonRoute(routes, clearQuotaEndpoint, answerClearQuota);
  addOpenMpRoute(routes, clearQuotaBySecretEndpoint, clearingAppid, answerClearQuotaBySecret);
  addMpJsonRoute(routes, getRidEndpoint, answerGetRid);
  addMpRoute(routes, accountInfoEndpoint, answerAccountInfo);
}

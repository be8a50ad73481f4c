import type { Control } from "../control/control.ts";
import { html, type Markup } from "../html/html.ts";
import type { Account } from "../mp/account.ts";
import type { IssuedToken } from "../mp/token/tokens.ts";
import type { SeededMerchant } from "../pay/merchants.ts";
import { actButton, acts, chip, idLine, itemRow } from "./item.ts";
import { timeOf } from "./readable.ts";

function merchantRow(merchant: SeededMerchant): Markup {
  const { mchid, serialNo, certificateState = "valid", permissions, dailyLimit } = merchant;
  return itemRow({
    key: mchid,
    title: mchid,
    facts: [
      certificateState !== "valid" && chip(`certificate ${certificateState}`, "bad"),
      permissions && `may upload ${permissions.join(", ")}`,
      dailyLimit !== undefined && `${dailyLimit} uploads per day`,
      merchant.perSecondLimit !== undefined && `${merchant.perSecondLimit} per second`,
    ],
    ids: [["serialNo", serialNo]],
  });
}

export const merchantRows = (merchants: readonly SeededMerchant[]): Markup =>
  html`${merchants.map(merchantRow)}`;

/** The ids only: a client takes the keys from the control route `credentials`. */
export function platformKeyRows({ credentials, platform }: Control): Markup {
  const certificates = new Map(platform.certificates().map((each) => [each.platformKeyId, each]));
  const ids = new Set([
    ...credentials.pay.platformKeys.map(({ platformKeyId }) => platformKeyId),
    ...certificates.keys(),
  ]);
  return html`${[...ids].map((id) => {
    const certificate = certificates.get(id);
    const state = certificate && [certificate.listed && "listed", certificate.signing && "signing"];
    const known = state ? state.filter(Boolean).join(", ") || "retired" : "public key";
    return html`<li class="item" data-key="${id}"><div class="body"><p class="facts">${known}</p>${idLine("platformKeyId", id)}</div></li>`;
  })}`;
}

const RIGHTS = ["verified", "pay", "mediaApi"] as const;

/** Kind, state and end of a token, without the token. */
const tokenLine = ({ kind, state, expiresAt }: IssuedToken): Markup =>
  html`<li>${chip(state, state === "live" ? "good" : "bad")} ${kind}, until ${timeOf(expiresAt * 1000, "minute")}</li>`;

const MAX_TOKENS = 5;

function accountRow(account: Omit<Account, "secret">, { tokens }: Control): Markup {
  const { appid } = account;
  const issued = tokens.list(appid);
  const { plain, stable, forced } = tokens.calls(appid);
  return itemRow({
    key: appid,
    title: appid,
    facts: [
      RIGHTS.map((right) =>
        chip(account[right] ? right : `not ${right}`, account[right] ? "good" : "bad"),
      ),
      account.secretFrozen && chip("secret frozen", "bad"),
      account.ipWhitelist && `IP whitelist: ${account.ipWhitelist.join(", ")}`,
      `token calls: ${stable} stable (${forced} forced), ${plain} plain`,
    ],
    more: [
      html`<ul class="tokens">${issued.slice(-MAX_TOKENS).reverse().map(tokenLine)}</ul>`,
      issued.some(({ state }) => state === "live")
        ? acts(
            actButton("Expire tokens", "tokens", { expire: appid }, appid, "bad"),
            actButton("Kill tokens", "tokens", { kill: appid }, appid, "bad"),
          )
        : undefined,
    ],
  });
}

export const accountRows = (control: Control): Markup =>
  html`${control.accounts.map((account) => accountRow(account, control))}`;

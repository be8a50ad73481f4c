import type { Account } from "../mp/account.ts";
import type { Merchant } from "../pay/merchants.ts";
import { anything, listOf, oneOrMore, type Rule } from "../validation/rules.ts";

/** Each merchant and account is checked when it is added. */
interface Seeds {
  merchants?: readonly Merchant[];
  accounts?: readonly Account[];
}

/** What can be seeded. */
export const seedsRule: Rule<Seeds> = oneOrMore<Seeds>(
  { merchants: listOf(anything, "merchants"), accounts: listOf(anything, "accounts") },
  '{"merchants": [{"mchid": …}], "accounts": [{"appid": …}]}, or one of them',
);

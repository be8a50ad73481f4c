import { check } from "../validation/check.ts";
import { fields, that } from "../validation/rules.ts";

/** What all bills of a day contain. */
interface OwnBill {
  bill_date: string;
  text: string | null;
}

const BILL = fields<OwnBill>({
  bill_date: that(
    (value) => typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value),
    "a date such as 2019-06-11",
  ),
  text: that(
    (value) => value === null || typeof value === "string",
    "the text of the bill, or null for a day without one",
  ),
});

/** Throws TypeError for anything but a date, and a text or null. */
export const checkBill = (bill: unknown, root: string): OwnBill => check(BILL, bill, root);

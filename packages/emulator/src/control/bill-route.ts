import { checkBill } from "./bill-rule.ts";
import type { ControlRoute } from "./route.ts";

export const billRoute: ControlRoute = {
  POST(control, body) {
    const { bill_date, text } = checkBill(body, "body");
    control.setBill(bill_date, text);
    return { ok: true };
  },
};

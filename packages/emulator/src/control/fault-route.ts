import type { Fault } from "../faults/fault.ts";
import { check } from "../validation/check.ts";
import { anything, listOf } from "../validation/rules.ts";
import type { Control } from "./control.ts";
import type { ControlRoute } from "./route.ts";

const faultsJson = ({ faults }: Control): object => ({ faults: faults.list() });

/** POST accepts one fault, a list of faults, or `{"faults": […]}`. */
export const faultRoute: ControlRoute = {
  GET: faultsJson,
  POST(control, body) {
    const given = Array.isArray(body) ? body : (body["faults"] ?? [body]);
    check(listOf(anything, "faults"), given, "faults");
    for (const fault of given as Fault[]) control.faults.add(fault);
    return faultsJson(control);
  },
  DELETE(control) {
    control.faults.clear();
    return faultsJson(control);
  },
};

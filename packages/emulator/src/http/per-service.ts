import type { Service } from "../faults/fault.ts";

/** One value for both services, or one for each: WeChat Pay (`pay`) and the Official Account (`mp`). */
export type PerService<Value> = Value | { readonly pay?: Value; readonly mp?: Value };

/** Whether a switch of both services lets a request of this one pass. */
export function accepts(
  option: PerService<"refuse" | "accept"> | undefined,
  service: Service,
  defaults: Readonly<Record<Service, "refuse" | "accept">>,
): boolean {
  const own = typeof option === "object" ? option[service] : option;
  return (own ?? defaults[service]) === "accept";
}

import type { Service } from "../faults/fault.ts";

/** One value for both services, or one for each: WeChat Pay (`pay`) and the Official Account (`mp`). */
export type PerService<Value> = Value | { readonly pay?: Value; readonly mp?: Value };

/** The value for one service; undefined if it has none. */
export const valueFor = <Value extends string>(
  option: PerService<Value> | undefined,
  service: Service,
): Value | undefined => (typeof option === "object" ? option[service] : option);

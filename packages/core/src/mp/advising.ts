import { type AdviceTable, adviceOf } from "./errcodes.ts";
import { MpApiError, withAdvice } from "./errors.ts";

/**
 * Throws an error again, with the advice that these tables have on a refusal of this call. A refused token has come from
 * another call, which knows better.
 */
export function advising(path: string, ...tables: AdviceTable[]): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof MpApiError && error.endpoint.split("?")[0] === path)) throw error;
    const advice = adviceOf(error.errcode, tables.flat());
    throw advice === "" ? error : withAdvice(error, advice);
  };
}

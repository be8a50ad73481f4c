import type { Fault } from "./fault.ts";

export const retryAfterHeader = (value: number | string | undefined): Record<string, string> =>
  value === undefined ? {} : { "retry-after": String(value) };

/** Whether a status has no body. */
export const hasNoBody = (status: number): boolean =>
  status === 204 || status === 205 || status === 304;

const page = (status: number): string =>
  `<html>\r\n<head><title>${status}</title></head>\r\n<body>\r\n<center><h1>${status}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;

/** The replies that are the same for both services, as from a gateway. */
export function plainFaultReply(fault: Fault): Response | undefined {
  if (fault.kind === "html") {
    const { status = 502 } = fault;
    return new Response(page(status), { status, headers: { "content-type": "text/html" } });
  }
  if (fault.kind === "redirect") {
    const { status = 302, location } = fault;
    return new Response(null, { status, headers: { location } });
  }
  return undefined;
}

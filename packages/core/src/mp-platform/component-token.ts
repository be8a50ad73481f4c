import { withRetry } from "../http/retry.ts";
import { advising } from "../mp/advising.ts";
import { type MpGateway, sendMp } from "../mp/call.ts";
import { MpApiError, withAdvice } from "../mp/errors.ts";
import { PLATFORM_ADVICE } from "../mp/platform-errcodes.ts";
import { type IssuedToken, readToken } from "../mp/tokens/issue.ts";
import { postOf } from "./component-call.ts";
import { MpPlatformError } from "./platform-error.ts";
import type { Ticket, Tickets } from "./tickets.ts";

/** The ticket is expired; is invalid. */
const TICKET_ERRCODES = [61005, 61006];

const NEXT_TICKET =
  "WeChat pushes one to the address for authorization events (授权事件接收配置) every ten minutes: pass what arrives there to readPlatformPush, in any process that shares the tokenStore. If none arrives, call startPushTicket.";

/**
 * Requests a component_access_token with the newest ticket. If WeChat refuses that and another one has arrived in the
 * meantime, it is tried too.
 */
export async function issueComponentToken(
  gateway: MpGateway,
  platform: { readonly component_appid: string; readonly component_appsecret: string },
  tickets: Tickets,
): Promise<IssuedToken> {
  const { component_appid, component_appsecret } = platform;
  const issue = async (ticket: Ticket): Promise<IssuedToken> => {
    const call = {
      operation: "getComponentAccessToken",
      path: "/cgi-bin/component/api_component_token",
      body: { component_appid, component_appsecret, component_verify_ticket: ticket.value },
    };
    const secrets = { query: {}, hidden: [component_appsecret, ticket.value] };
    const reply = await withRetry(gateway.transport, { repeatable: true }, (attempt) =>
      sendMp(gateway, postOf(call), secrets, undefined, attempt),
    ).catch(advising(call.path, PLATFORM_ADVICE));
    return readToken(reply, call.path, "component_access_token");
  };
  const ticket = await tickets.latest();
  if (ticket === undefined) {
    throw new MpPlatformError(
      `No component_verify_ticket of ${component_appid} from the last 12 hours is known. ${NEXT_TICKET}`,
      { reason: "no-ticket" },
    );
  }
  try {
    return await issue(ticket);
  } catch (error) {
    if (!(error instanceof MpApiError && TICKET_ERRCODES.includes(error.errcode))) throw error;
    const next = await tickets.latest();
    if (next === undefined || next.value === ticket.value) {
      throw withAdvice(error, `The ticket is wrong or too old. ${NEXT_TICKET}`);
    }
    return issue(next);
  }
}

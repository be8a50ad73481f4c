import {
  answerMessage,
  messageAnswer,
  readMessage,
  readVerification,
} from "@wechat-edge/core/mp-messages";
import { readPlatformPush } from "@wechat-edge/core/mp-platform";
import {
  answerNotification,
  notificationAnswer,
  readNotification,
} from "@wechat-edge/core/pay-notifications";
import type { CallbackFault, NotificationFault } from "@wechat-edge/emulator";
import { mediaReplyXml } from "@wechat-edge/mp-media";
import type { Run } from "../run.ts";
import type { Handler, SimulatedOperation, Simulation } from "../simulation.ts";

const notificationFaults: readonly (NotificationFault | undefined)[] = [
  undefined,
  undefined,
  "probe",
  "wrong-signature",
  "missing-signature",
  "unknown-serial",
  "stale",
  "tampered",
  "rewritten",
  "wrong-api-v3-key",
];
const callbackFaults: readonly (CallbackFault | undefined)[] = [
  undefined,
  undefined,
  "wrong-signature",
  "tampered",
  "stale",
  "other-appid",
  "wrong-key",
  "clear",
];

/** Lets WeChat send something, and resolves with what the handler read, or rejects with what it threw. */
async function received<T>(
  send: (to: Handler) => Promise<unknown>,
  read: (request: Request) => Promise<T>,
  answer: (...failure: [] | [unknown]) => Promise<Response>,
): Promise<T> {
  let reading: Promise<T> | undefined;
  await send(async (request) => {
    const work = read(request);
    reading ??= work;
    return work.then(
      () => answer(),
      (error: unknown) => answer(error),
    );
  });
  // WeChat does not wait as long as a reading may take.
  if (reading === undefined) throw new Error("Nothing was sent.");
  return reading;
}

function notification(
  answer: (...failure: [] | [unknown]) => Promise<Response>,
): SimulatedOperation {
  return {
    requests: 1,
    async run({ process, random }: Run, { emulator }: Simulation) {
      const fault = random.pick(notificationFaults);
      const value = await received(
        (to) => emulator.control.notify({ to: to, ...(fault && { fault }) }),
        (request) => readNotification(process.pay, request as never),
        answer,
      );
      return { fault, value };
    },
  };
}

function message(answer: (run: Run, ...failure: [] | [unknown]) => Promise<Response>) {
  return {
    requests: 1,
    async run(run: Run, { emulator }: Simulation) {
      const fault = run.random.pick(callbackFaults);
      const value = await received(
        (to) => emulator.control.sendMessage({ to: to, ...(fault && { fault }) }),
        (request) => readMessage(run.process.mp, request as never),
        (...failure) => answer(run, ...failure),
      );
      return { fault, value };
    },
  };
}

const REPLY = (now: number): string =>
  mediaReplyXml({
    ToUserName: "oIx26e3b4a1c0d9f857abcdefghi",
    FromUserName: "gh_0a1b2c3d4e5f",
    CreateTime: Math.floor(now / 1000),
    MsgType: "image",
    Image: { MediaId: "QQ9nj-7ctrqA8t3WKU3dQN24IuFV" },
  });

const bare = ({ status, headers, body }: { status: number; headers: object; body: string }) =>
  new Response(body === "" ? null : body, { status, headers: { ...headers } });

const outcomeOf = (failure: [] | [unknown], reply?: string) =>
  failure.length > 0 ? { error: failure[0] } : reply === undefined ? {} : { reply };

/** Everything that WeChat sends by itself, as a server of ours receives and answers it. */
export const callbackOperations: Readonly<Record<string, SimulatedOperation>> = {
  readNotification: notification(async (...failure) => answerNotification(...failure)),
  answerNotification: notification(async (...failure) => answerNotification(...failure)),
  notificationAnswer: notification(async (...failure) => bare(notificationAnswer(...failure))),
  readMessage: message(async ({ process }, ...failure) =>
    answerMessage(process.mp, outcomeOf(failure)),
  ),
  answerMessage: message(async ({ process }, ...failure) =>
    answerMessage(process.mp, outcomeOf(failure, REPLY(Date.now()))),
  ),
  messageAnswer: message(async ({ process }, ...failure) =>
    bare(await messageAnswer(process.mp, outcomeOf(failure, REPLY(Date.now())))),
  ),
  mediaReplyXml: { requests: 0, run: () => REPLY(Date.now()) },
  readVerification: {
    requests: 1,
    async run({ process }, { emulator, address }) {
      address.answer = async (request) => {
        const echostr = await readVerification(process.mp, request);
        return answerMessage(process.mp, { echostr });
      };
      return emulator.control.verifyMessageUrl();
    },
  },
  readPlatformPush: {
    requests: 1,
    async run({ process, random }, { emulator }) {
      const { mpPlatforms, credentials } = emulator.control;
      const { appid } = credentials.mp;
      const pushed = random.pick([
        () => mpPlatforms.ticket(),
        () => mpPlatforms.ticket(),
        () => mpPlatforms.authorize(appid),
        () => mpPlatforms.revoke(appid),
      ])();
      const fault = random.pick(callbackFaults);
      const value = await received(
        async (to) => {
          mpPlatforms.pushTo({ to: to });
          try {
            return await mpPlatforms.push(pushed, { ...(fault && { fault }) });
          } finally {
            mpPlatforms.pushTo(undefined);
          }
        },
        (request) => readPlatformPush(process.platform, request as never),
        async (...failure) => new Response(failure.length === 0 ? "success" : null),
      );
      return { fault, value };
    },
  },
};

import { TIMEOUT_MS } from "../bounds.ts";
import type { SimulatedOperation } from "../simulation.ts";

const event = (run: SimulatedOperation["run"]): SimulatedOperation => ({ requests: 0, run });

/** What happens at WeChat while nobody asks. */
export const events: Readonly<Record<string, SimulatedOperation>> = {
  "event: tokens are ended": event(({ random }, { emulator }) => {
    const { tokens, credentials } = emulator.control;
    if (random.chance(0.5)) tokens.expire(credentials.mp.appid);
    else tokens.kill(credentials.mp.appid, { replace: random.chance(0.5) });
  }),
  "event: platform keys change": event(({ random }, { emulator }) => {
    const { platform } = emulator.control;
    const listed = platform.certificates().filter(({ listed }) => listed);
    const changes = [
      () => (platform.certificates().length < 4 ? platform.announce() : undefined),
      () => platform.activate(),
      () => platform.alternate(random.chance(0.5)),
      () => platform.setPublicKeyShare(random.pick([0, 0.5, 1])),
      () => (listed.length > 1 ? platform.retire(listed[0]?.platformKeyId ?? "") : undefined),
    ];
    random.pick(changes)();
  }),
  "event: the token endpoint is slow": event(({ random }, { network, world }) => {
    const until = world.timers.now() + random.int(10, 200) * 1000;
    network.outages.push({ kind: "token", until, ms: random.pick([3_000, TIMEOUT_MS * 2]) });
  }),
  "event: the list of certificates is slow": event(({ random }, { network, world }) => {
    const until = world.timers.now() + random.int(10, 200) * 1000;
    network.outages.push({ kind: "certificates", until, ms: random.pick([3_000, TIMEOUT_MS * 2]) });
  }),
  "event: a review refuses": event(({ random }, { emulator }) => {
    const { news, publications, videos } = emulator.control;
    const submitted = news.list().filter(({ submittedAt }) => submittedAt !== undefined);
    const published = publications.list();
    const saved = videos.list().filter(({ media_id }) => media_id !== undefined);
    if (submitted.length > 0) news.review(random.pick(submitted).media_id, "refuse", "标题");
    if (published.length > 0) publications.setStatus(random.pick(published).publish_id, 4);
    if (saved.length > 0) videos.setStatus(random.pick(saved).media_id ?? "", 3, "转码失败");
  }),
  "event: an account withdraws its authorization": event((_, { emulator }) => {
    const { mpPlatforms, credentials } = emulator.control;
    mpPlatforms.revoke(credentials.mp.appid);
  }),
  "event: WeChat sends again": event((_, { emulator }) => emulator.control.deliverNotifications()),
};

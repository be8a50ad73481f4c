// What is promised of stores, checkpoints and states.

import { core, type SecurityPromise, unit } from "./promise.ts";

export const state: readonly SecurityPromise[] = [
  {
    promise: "a token that WeChat refused is not taken from the store again",
    test: unit("store"),
    name: "that are refused and stay in the store are not used again",
    broken: {
      file: core("mp/tokens/tokens"),
      from: "token !== undefined && !refused.has(token.value) && isFresh(token, now())",
      to: "token !== undefined && isFresh(token, now())",
    },
  },
  {
    promise: "what a store returns under another key is not taken",
    test: unit("mp-platform/attacks"),
    name: "a store that mixes up its keys",
    broken: {
      file: core("store"),
      from: "return own === key ? copy : undefined;",
      to: 'return own === "" ? undefined : copy;',
    },
  },
  {
    promise: "a checkpoint or state of another account is refused",
    test: "packages/mp-publish/test/video/checkpoint.test.ts",
    name: "of another account",
    broken: {
      file: "packages/mp-publish/src/saved.ts",
      from: "if (saved.appid === appid) return saved;",
      to: 'if (saved.appid !== "") return saved;',
    },
  },
  {
    promise: "an answer to an unknown outcome serves one attempt",
    test: "packages/mp-publish/test/job/attempt.test.ts",
    name: "is asked for again where what came of it could not be kept",
    broken: {
      file: "packages/mp-publish/src/job/resolution.ts",
      from: "if (named === attempt || (",
      to: "if (named !== undefined || (",
    },
  },
  {
    promise: "each attempt of what must not be done twice has an id of its own",
    test: "packages/mp-publish/test/job/attempt.test.ts",
    name: "names an attempt that is kept before the request, and is another each time",
    broken: {
      file: "packages/mp-publish/src/job/run-step.ts",
      from: "{ attempt: newAttempt() }",
      to: '{ attempt: newAttempt() && "0000000000000000" }',
    },
  },
  {
    promise: "an answer to the unknown save of a video serves one attempt",
    test: "packages/mp-publish/test/video/resolution.test.ts",
    name: "nothing, and what came of it could not be kept",
    broken: {
      file: "packages/mp-publish/src/video/save.ts",
      from: "attempt !== undefined && attempt !== checkpoint.attempt",
      to: 'attempt !== undefined && checkpoint.attempt === ""',
    },
  },
  {
    promise: "each save of a video has an attempt of its own",
    test: "packages/mp-publish/test/video/resolution.test.ts",
    name: "nothing, and what came of it could not be kept",
    broken: {
      file: "packages/mp-publish/src/video/save.ts",
      from: "attempt: newAttempt() }",
      to: 'attempt: newAttempt() && "0000000000000000" }',
    },
  },
];

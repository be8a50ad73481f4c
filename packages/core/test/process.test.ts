// A runtime whose process is another one than Node's, or throws when it is looked at.

import { describeWithout, refuse, untouchable } from "../../../test/support/missing-features.ts";

const throwing = (name: string): object => Object.defineProperty({}, name, { get: refuse });

describeWithout({
  "process.getBuiltinModule throws when called, as in Next.js": [
    "process",
    { value: { env: {}, getBuiltinModule: refuse } },
  ],
  "process.getBuiltinModule throws when looked at": [
    "process",
    { value: throwing("getBuiltinModule") },
  ],
  "process.getBuiltinModule hands out a module that throws": [
    "process",
    { value: { getBuiltinModule: () => untouchable } },
  ],
  "process throws at every property": ["process", { value: untouchable }],
  "process throws when looked at": ["process", { get: refuse }],
  "there is no process": ["process", { value: undefined }],
});

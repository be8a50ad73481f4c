import { createMpClient, type KeyValueStore } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { mpInProcess } from "./mp.ts";

const UPLOAD = "/cgi-bin/media/upload";

type Emulator = ReturnType<typeof mpInProcess>["emulator"];

export function uploads({ control }: Emulator): number {
  return control.journal.entries().filter(({ path }) => path === UPLOAD).length;
}

/** A client and an emulator by one clock, which is moved by hand. */
export function atNoon() {
  let time = Date.UTC(2026, 10, 22, 12);
  const now = () => time;
  const wait = (seconds: number) => {
    time += seconds * 1000;
  };
  return { ...mpInProcess({ now }, { now }), now, wait };
}

/** Leaves those who have come the time to read and digest their files, and to join what is under way. */
export async function joined(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setTimeout(resolve));
}

/** The same store, whose first answer waits until it is released. */
export function slowStore(kept: Map<string, string>) {
  const gate = newGate();
  const store: KeyValueStore = {
    async get(key) {
      await gate.pass();
      return kept.get(key);
    },
    set: (key, value) => kept.set(key, value),
  };
  return { store, reached: gate.reached, release: gate.release };
}

/** A client whose uploads wait until they are released. */
export function holding() {
  const { emulator } = mpInProcess();
  const gate = newGate();
  const mp = createMpClient({
    ...credentials.mp,
    async fetch(input, init) {
      if (input.includes(UPLOAD)) await gate.pass();
      return emulator.fetch(input, init);
    },
  });
  return { mp, emulator, arrived: gate.reached, release: gate.release };
}

/** Holds up whoever comes until it is released, and tells of the first to come. */
function newGate() {
  let release = (): void => undefined;
  const open = new Promise<void>((resolve) => {
    release = resolve;
  });
  let arrive = (): void => undefined;
  const reached = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const pass = (): Promise<void> => {
    arrive();
    return open;
  };
  return { pass, reached, release: () => release() };
}

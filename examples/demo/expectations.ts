/** Counts what the demo checks, and lists what failed. */
export interface Expectations {
  /** Counts a check, lists it if it failed, and returns `holds`. */
  expect(holds: boolean, what: string): boolean;
  readonly checked: number;
  readonly broken: readonly string[];
}

export function createExpectations(): Expectations {
  const broken: string[] = [];
  let checked = 0;
  return {
    expect(holds, what) {
      checked += 1;
      if (!holds) broken.push(what);
      return holds;
    },
    get checked() {
      return checked;
    },
    broken,
  };
}

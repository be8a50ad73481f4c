/** What the demo expected to happen, and what did not. */
export interface Expectations {
  /** Notes whether something holds; gives the same. */
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

/** A process may run for weeks: this is memory of a few megabytes, and more than a person or a test looks at. */
export const MAX_KEPT = 10_000;

/** Adds to a list of which the last ten thousand are kept. */
export function keepLast<Item>(list: Item[], item: Item): void {
  list.push(item);
  if (list.length > MAX_KEPT) list.shift();
}

/** Makes room in a list of what is sent until it is taken; what will be sent again stays. */
export function makeRoom(
  list: { readonly nextTime: number | undefined; readonly attempts: readonly unknown[] }[],
): void {
  if (list.length < MAX_KEPT) return;
  const settled = list.findIndex(
    ({ nextTime, attempts }) => nextTime === undefined && attempts.length > 0,
  );
  if (settled >= 0) list.splice(settled, 1);
}

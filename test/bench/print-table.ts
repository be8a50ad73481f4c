/** Prints rows as a table, the first row being the heads. */
export function printTable(table: readonly (readonly (string | number)[])[]): void {
  const [heads = [], ...rows] = table;
  console.table(
    rows.map((row) => Object.fromEntries(row.map((cell, column) => [heads[column], cell]))),
  );
}

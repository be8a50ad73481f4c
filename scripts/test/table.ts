/** Lays rows out in columns, the first row being the heads; numbers stand to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => String(row[column]).length)),
  );
  const isNumeric = widths.map((_, column) =>
    rows.slice(1).every((row) => /^[\d.]+( s)?$|^-$/.test(String(row[column]))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const text = String(cell);
          const width = widths[column] ?? 0;
          return isNumeric[column] ? text.padStart(width) : text.padEnd(width);
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

// Which steps and test files to run for changed files. vitest follows imports; the table below has
// what imports do not show.

export interface TestFile {
  /** "unit", "package", "worker-app", or "node" for the conformance tests of all runtimes. */
  project: string;
  file: string;
}

export interface Affected {
  /** Steps and vitest projects that run completely. */
  whole: ReadonlySet<string>;
  /** Test files by vitest project, for projects of which only a part runs. */
  files: ReadonlyMap<string, readonly string[]>;
}

const checks = ["build", "types", "lint"];
const projects = ["unit", "conformance", "worker-app", "package"];
const everything = [...checks, ...projects];

/** The first row that matches a path says what runs completely. */
const table: readonly (readonly [path: RegExp, whole: readonly string[]])[] = [
  [/^packages\/[^/]+\/test\//, checks],
  // Tests reach the emulator as a process, over HTTP.
  [/^packages\/emulator\/src\//, [...checks, ...projects]],
  // The tests of examples, sizes, tarballs and the graph read sources without importing them.
  [/^packages\/[^/]+\/src\//, [...checks, "package"]],
  [/^packages\//, ["build", "lint", "package"]],
  [/^test\/(conformance|interop|scenarios|docs|package|structure)\/.*\.test\.ts$/, checks],
  // Their programs, workers and pages are started, not imported.
  [/^test\/(scenarios|interop|bench)\//, [...checks, "unit"]],
  [/^test\/faults\//, [...checks, "unit", "package"]],
  [/^test\/(docs|package|structure)\//, [...checks, "package"]],
  [/^test\/long\//, ["types", "lint"]],
  [/^(test\/(support|fixtures|vectors|runtimes)|examples\/media)\//, everything],
  [/^examples\/hono-worker\//, [...checks, "worker-app", "package", "unit"]],
  [/^examples\//, [...checks, "package"]],
  [/^scripts\/build\//, ["build", "types", "lint", "unit", "package"]],
  [/^scripts\//, ["types", "lint", "unit"]],
  [/^(docs\/|[^/]+\.md$)/, ["package"]],
  [/^(\.editorconfig|\.gitignore|LICENSE|\.github\/|\.vscode\/)/, ["lint"]],
];

/** Returns what to run for the changed paths; everything for a path that no row matches. */
export function affectedBy(changed: readonly string[], related: readonly TestFile[]): Affected {
  const whole = new Set(
    changed.flatMap((path) => table.find(([fits]) => fits.test(path))?.[1] ?? everything),
  );
  const files = new Map<string, string[]>();
  for (const { project, file } of related) {
    const name = project === "node" ? "conformance" : project;
    files.set(name, [...(files.get(name) ?? []), file]);
  }
  return { whole, files };
}

/** What Stryker writes of each file: https://github.com/stryker-mutator/mutation-testing-elements. */
export interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

export interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

/** How many mutants there were, and what became of them. */
export interface Score {
  readonly killed: number;
  /** All that count: those that do not compile or are ignored do not. */
  readonly counted: number;
  /** `file:line:column Mutator: replacement` of each that no test noticed. */
  readonly survivors: readonly string[];
}

const KILLED = new Set(["Killed", "Timeout"]);
const SURVIVED = new Set(["Survived", "NoCoverage"]);

/** Counts the mutants of a report. */
export function scoreOf({ files }: Report): Score {
  const all = Object.entries(files).flatMap(([file, { mutants }]) =>
    mutants.map((mutant) => ({ file, ...mutant })),
  );
  const killed = all.filter(({ status }) => KILLED.has(status)).length;
  const survivors = all.filter(({ status }) => SURVIVED.has(status));
  return {
    killed,
    counted: killed + survivors.length,
    survivors: survivors.map(({ file, location: { start }, mutatorName, replacement, status }) => {
      const what = (replacement ?? "").replace(/\s+/g, " ").slice(0, 100);
      return `${file}:${start.line}:${start.column} ${mutatorName}: ${what}${status === "NoCoverage" ? " (no test reaches it)" : ""}`;
    }),
  };
}

/** The report as Stryker is given it: what survived is tried again. */
export function withoutSurvivors(report: Report): Report {
  const files = Object.entries(report.files).map(([name, file]) => {
    const mutants = file.mutants.filter(({ status }) => !SURVIVED.has(status));
    return [name, { ...file, mutants }] as const;
  });
  return { ...report, files: Object.fromEntries(files) };
}

/** Adds up the scores of slices. */
export function sumOf(scores: readonly Score[]): Score {
  return {
    killed: scores.reduce((sum, { killed }) => sum + killed, 0),
    counted: scores.reduce((sum, { counted }) => sum + counted, 0),
    survivors: scores.flatMap(({ survivors }) => survivors),
  };
}

/** `50 of 60 killed, 83 %`. */
export function inWords({ killed, counted }: Score): string {
  const percent = counted === 0 ? 100 : (100 * killed) / counted;
  return `${killed} of ${counted} killed, ${percent.toFixed(1)} %`;
}

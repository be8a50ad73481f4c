// The public surface of the packages as text: what a change of it looks like in a diff.

import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
} from "@microsoft/api-extractor";

const packages = fileURLToPath(new URL("../../packages", import.meta.url));

interface Manifest {
  readonly name: string;
  readonly publishConfig: {
    readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
  };
}

interface Entry {
  /** Such as `core.hash-worker`. */
  readonly name: string;
  readonly home: string;
  readonly declaration: string;
  /** Whether types that it uses and does not export are shown: of a package's first entry, or each would show them. */
  readonly isMain: boolean;
}

/** Reports of all entries but the internal ones, by file name. They are made from the built declarations. */
export function apiReports(directory: string): ReadonlyMap<string, string> {
  const entries = readdirSync(packages).flatMap((name) => copyDeclarations(name, directory));
  const declarations = entries.map(({ declaration }) => declaration);
  const configs = entries.map((entry) => configOf(entry, declarations, directory));
  const [first] = configs;
  if (first === undefined) throw new Error("There are no packages.");
  const compilerState = CompilerState.create(first, { additionalEntryPoints: declarations });
  for (const config of configs) {
    const errors: string[] = [];
    const { succeeded } = Extractor.invoke(config, {
      localBuild: true,
      compilerState,
      messageCallback(message) {
        message.handled = true;
        if (message.logLevel === ExtractorLogLevel.Error) errors.push(message.text);
      },
    });
    const entry = config.mainEntryPointFilePath;
    if (!succeeded) throw new Error(`No report of ${entry}: ${errors.join()}`);
  }
  const reports = join(directory, "reports");
  return new Map(readdirSync(reports).map((file) => [file, plain(join(reports, file))]));
}

/** A package as it is installed, so that its imports of others are told from its own files. */
function copyDeclarations(name: string, directory: string): Entry[] {
  const home = join(directory, "packages", name);
  const filter = (path: string): boolean => !/\.(?:js|map|tsbuildinfo)$/.test(path);
  cpSync(join(packages, name, "dist"), join(home, "dist"), { recursive: true, filter });
  const manifest = JSON.parse(
    readFileSync(join(packages, name, "package.json"), "utf8"),
  ) as Manifest;
  const { exports } = manifest.publishConfig;
  const copied = { name: manifest.name, version: "0.0.0", type: "module", exports };
  writeFileSync(join(home, "package.json"), JSON.stringify(copied));
  mkdirSync(join(directory, "node_modules/@wechat-edge"), { recursive: true });
  symlinkSync(home, join(directory, "node_modules", manifest.name));
  return Object.entries(exports).flatMap(([path, target]) =>
    typeof target === "string" || path.startsWith("./internal/")
      ? []
      : {
          name: `${name}${path.slice(1).replaceAll("/", ".")}`,
          home,
          declaration: join(home, target.types),
          isMain: path === ".",
        },
  );
}

function configOf(
  { name, home, declaration, isMain }: Entry,
  files: readonly string[],
  directory: string,
): ExtractorConfig {
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    lib: ["es2022"],
    types: [],
    strict: true,
  };
  const reportFolder = join(directory, "reports");
  mkdirSync(reportFolder, { recursive: true });
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(home, "package.json"),
    configObject: {
      projectFolder: home,
      mainEntryPointFilePath: declaration,
      compiler: { overrideTsconfig: { compilerOptions, files } },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder,
        reportTempFolder: join(directory, "fresh"),
        includeForgottenExports: isMain,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
}

/** Without the remarks that stand at every line, and without `type`, which comes and goes with the file that is read first. */
function plain(file: string): string {
  return readFileSync(file, "utf8")
    .replaceAll("\r\n", "\n")
    .replace(/^import type /gm, "import ")
    .replace(/^> Do not edit.*\n\n/m, "")
    .replace(/^\/\/ \(No @packageDocumentation.*\n\n/m, "")
    .replace(/^ *\/\/ (?:@public(?: \(undocumented\))?|\(undocumented\))\n/gm, "");
}

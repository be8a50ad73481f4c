// The files of .vscode and .github/ISSUE_TEMPLATE are valid, and name what exists.

import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { x } from "tinyexec";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = join(import.meta.dirname, "..");

interface Launch {
  name: string;
  request: "launch" | "attach";
  program?: string;
  args?: string[];
  linux?: { runtimeExecutable: string };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

function resolved(text: string): string {
  return text
    .replace(/\$\{workspaceFolder\}/, root)
    .replace(/\$\{relativeFile\}/, "packages/core/test/http/request-body.test.ts");
}

describe(".vscode/launch.json", () => {
  const { configurations } = readJson(".vscode/launch.json") as { configurations: Launch[] };
  const launches = configurations.filter(({ request }) => request === "launch");

  it.each(launches)("$name names programs that exist", ({ program = "", linux }) => {
    expect(existsSync(resolved(program))).toBe(true);
    if (process.platform !== "linux") return;
    expect(existsSync(resolved(linux?.runtimeExecutable ?? ""))).toBe(true);
  });

  it("runs the current test file", async () => {
    const [launch] = launches;
    const args = [launch?.program ?? "", ...(launch?.args ?? [])].map(resolved);
    const { exitCode, stdout } = await x(process.execPath, args, { nodeOptions: { cwd: root } });
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    expect(stdout).toMatch(/Tests +\d+ passed/);
  }, 60_000);
});

it.each([".vscode/settings.json", ".vscode/extensions.json"])("%s is JSON", (path) => {
  expect(readJson(path)).toBeTypeOf("object");
});

describe("issue templates", () => {
  const templates = globSync(".github/ISSUE_TEMPLATE/*.yml", { cwd: root })
    .filter((path) => !path.endsWith("config.yml"))
    .sort();

  it("exist", () => {
    expect(templates).toHaveLength(6);
  });

  it.each(templates.filter((path) => !path.endsWith(".zh-CN.yml")))(
    "%s asks the same in Chinese",
    (path) => {
      expect(questionsOf(path.replace(".yml", ".zh-CN.yml"))).toEqual(questionsOf(path));
    },
  );

  it.each(templates)("%s asks questions by unique ids", (path) => {
    const { name, description, body } = parse(readFileSync(join(root, path), "utf8")) as {
      name: string;
      description: string;
      body: { type: string; id?: string; attributes: { label?: string; value?: string } }[];
    };
    expect([name, description].every((text) => text.length > 0)).toBe(true);
    const questions = body.filter(({ type }) => type !== "markdown");
    for (const { attributes } of questions) expect(attributes.label).toBeTruthy();
    const ids = questions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(questions.length);
    expect(ids).not.toContain(undefined);
  });
});

/** What an issue template asks, its words aside. */
function questionsOf(path: string): unknown[] {
  const { labels, body } = parse(readFileSync(join(root, path), "utf8")) as {
    labels: string[];
    body: {
      type: string;
      id?: string;
      attributes: { render?: string; options?: string[] };
      validations?: object;
    }[];
  };
  return [
    labels,
    ...body.map(({ type, id, attributes: { render, options }, validations }) => {
      return { type, id, render, options: options?.length, validations };
    }),
  ];
}

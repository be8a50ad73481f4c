import { expect, it } from "vitest";
import { sectionOf } from "./notes.ts";

const changelog = `# @wechat-edge/mp-publish

## 0.2.0

### Minor Changes

- 1234567: Drafts can be copied.

  With an example.

### Patch Changes

- Updated dependencies [1234567]
- Updated dependencies [89abcde]
  - @wechat-edge/core@0.2.0
  - @wechat-edge/mp-media@0.2.0

## 0.1.1

### Patch Changes

- Updated dependencies
  - @wechat-edge/core@0.1.1

## 0.1.0

### Patch Changes

- abcdef0: A mend.
- Updated dependencies
  - @wechat-edge/core@0.1.0
`;

it("tells what changed in a version, and not that siblings have the same", () => {
  expect(sectionOf(changelog, "0.2.0")).toBe(
    "### Minor Changes\n\n- 1234567: Drafts can be copied.\n\n  With an example.",
  );
  expect(sectionOf(changelog, "0.1.0")).toBe("### Patch Changes\n\n- abcdef0: A mend.");
});

it("has nothing to tell of a package that only follows the others", () => {
  expect(sectionOf(changelog, "0.1.1")).toBe("");
});

it("knows no version that is not there, and none by its beginning", () => {
  expect(sectionOf(changelog, "0.3.0")).toBeUndefined();
  expect(sectionOf(changelog, "0.1")).toBeUndefined();
});

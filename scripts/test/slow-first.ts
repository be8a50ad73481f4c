import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take ten seconds or more. Begun last, one would run alone when all others have ended. */
const SLOW = [
  /^test\/simulation\/seeds-/,
  /^test\/scenarios\/(?:inspector|publish-workflow|mp-worker-requests|video-)/,
  /^test\/interop\/peers/,
  /^test\/docs\/examples/,
  /^test\/package\/(?:tarball|consumers|upload-script)/,
];

/** Runs the slow files first: without times of an earlier run, vitest orders files by their size. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ project, moduleId }: TestSpecification): boolean => {
      const path = moduleId.slice(project.config.root.length + 1);
      return SLOW.some((slow) => slow.test(path));
    };
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

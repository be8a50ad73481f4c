/** Sources that are mutated together, and the tests that must notice. */
interface Part {
  readonly files: readonly string[];
  /** Patterns of test files. */
  readonly tests: readonly string[];
}

const core = (...paths: readonly string[]): string[] =>
  paths.map((path) => `packages/core/src/${path}`);
const publish = (...paths: readonly string[]): string[] =>
  paths.map((path) => `packages/mp-publish/src/${path}`);

/** The parts whose loss would hurt most, by name. Each file is a slice of its own. */
export const parts: Readonly<Record<string, Part>> = {
  framing: {
    files: core("upload/multipart.ts"),
    tests: ["packages/core/test/upload/multipart.test.ts", "test/conformance/pay/upload.test.ts"],
  },
  verification: {
    files: core("pay/verify.ts", "pay/signature.ts", "pay/probe.ts"),
    tests: [
      "test/conformance/pay/{hostile,key-forms,keys,replies,vectors,public-key-switch,certificates,mixed-up-keys}.test.ts",
    ],
  },
  "sign-error": {
    files: core("pay/sign-error.ts", "pay/wire-texts.ts"),
    tests: ["test/conformance/pay/{sign-error,replies}.test.ts"],
  },
  "key-ring": {
    files: core(
      "pay/keys/key-ring.ts",
      "pay/keys/certificate-list.ts",
      "pay/keys/certificates.ts",
      "pay/keys/platform-keys.ts",
      "pay/keys/key-text.ts",
      "pay/keys/key-kind.ts",
      "pay/keys/key.ts",
      "pay/keys/der.ts",
      "pay/keys/looks-like.ts",
    ),
    tests: [
      "packages/core/test/pay/keys/*.test.ts",
      "test/conformance/pay/{certificates,encryption-key,hostile,key-forms,keys,mixed-up-keys,public-key-switch,replies}.test.ts",
      "test/scenarios/rotation-day.test.ts",
    ],
  },
  tokens: {
    files: core(
      "mp/tokens/tokens.ts",
      "mp/tokens/held-token.ts",
      "mp/tokens/issue.ts",
      "mp/tokens/provided.ts",
    ),
    tests: ["packages/core/test/mp/tokens/*.test.ts", "test/conformance/tokens/*.test.ts"],
  },
  job: {
    files: publish(
      "job/plan.ts",
      "job/state.ts",
      "job/unknown-outcome.ts",
      "job/run-step.ts",
      "job/steps.ts",
      "job/publish.ts",
      "job/draft-check.ts",
      "job/review-step.ts",
      "job/send-step.ts",
      "job/send-picture.ts",
      "job/compose.ts",
      "job/fingerprint.ts",
      "job/check-job.ts",
    ),
    tests: [
      "packages/mp-publish/test/job/*.test.ts",
      "test/conformance/publish-job/*.test.ts",
      "test/conformance/saved.test.ts",
    ],
  },
  video: {
    files: publish(
      "video/checkpoint.ts",
      "video/block-ranges.ts",
      "video/blocks.ts",
      "video/digests.ts",
      "video/send-blocks.ts",
      "video/finish-and-save.ts",
      "video/upload.ts",
      "video/wait.ts",
      "saved.ts",
    ),
    tests: ["packages/mp-publish/test/video/*.test.ts", "test/conformance/video/*.test.ts"],
  },
  inspect: {
    files: core(
      "inspect/formats.ts",
      "inspect/identify.ts",
      "inspect/image-size.ts",
      "inspect/amr.ts",
      "inspect/mp3.ts",
      "inspect/mp3-frame.ts",
      "inspect/mp3-start.ts",
      "inspect/foreign.ts",
      "inspect/file-window.ts",
      "inspect/zeros.ts",
      "inspect/sound.ts",
    ),
    tests: [
      "packages/core/test/inspect/*.test.ts",
      "test/conformance/files/{inspect,bad-files}.test.ts",
    ],
  },
};

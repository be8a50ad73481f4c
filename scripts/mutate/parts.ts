import { globSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** Sources that are mutated together, and the tests that must notice. */
interface Part {
  /** Each is a slice: a file, or a pattern of all files of a folder that no part names. */
  readonly files: readonly string[];
  /** Patterns of test files. */
  readonly tests: readonly string[];
}

const core = (...paths: readonly string[]): string[] =>
  paths.map((path) => `packages/core/src/${path}`);
const publish = (...paths: readonly string[]): string[] =>
  paths.map((path) => `packages/mp-publish/src/${path}`);

/** The parts whose loss would hurt most, by name. */
const named: Readonly<Record<string, Part>> = {
  framing: {
    files: core("upload/multipart.ts"),
    tests: ["packages/core/test/upload/multipart.test.ts", "test/conformance/pay/upload.test.ts"],
  },
  verification: {
    files: core("pay/verify.ts", "pay/signature.ts", "pay/probe.ts"),
    tests: [
      "packages/core/test/pay/{verify,probe,replayed,replies,reply}.test.ts",
      "test/conformance/pay/{replies,vectors}.test.ts",
    ],
  },
  "sign-error": {
    files: core("pay/sign-error.ts", "pay/wire-texts.ts"),
    tests: [
      "packages/core/test/pay/{explained-signatures,replies,sign-error}.test.ts",
      "test/conformance/pay/{sign-error,replies}.test.ts",
    ],
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
      "packages/core/test/pay/certificate-flood.test.ts",
      "test/conformance/pay/{certificates,keys,mixed-up-keys}.test.ts",
    ],
  },
  tokens: {
    files: core(
      "mp/tokens/tokens.ts",
      "mp/tokens/held-token.ts",
      "mp/tokens/issue.ts",
      "mp/tokens/provided.ts",
    ),
    tests: [
      "packages/core/test/mp/tokens/*.test.ts",
      "test/conformance/tokens/{endpoint,provided,refused,secrecy,store,tokens}.test.ts",
    ],
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
      // Without those that take long: cut (at every byte), diagram, and abort (at every request).
      "packages/mp-publish/test/job/{attempt,by-hand,callbacks,changed,check-job,draft-check,event,fingerprint}.test.ts",
      "packages/mp-publish/test/job/{look-up,newspic,plan,refused,restart-video,review-step,saved-form}.test.ts",
      "packages/mp-publish/test/job/{result,send-picture,slices,state,video,whole}.test.ts",
      "packages/core/test/misuse/options.test.ts",
      "test/conformance/publish-job/{newspic,publish-job}.test.ts",
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
    tests: [
      // Without those that take long: fuzz, network, and what measures memory.
      "packages/mp-publish/test/video/{abort,account-errcodes,block-ranges,broken-body,buffers}.test.ts",
      "packages/mp-publish/test/video/{changed,checkpoint,checkpoint-fields,concurrency}.test.ts",
      "packages/mp-publish/test/video/{digests,interrupted,not-a-video}.test.ts",
      "packages/mp-publish/test/video/{refused,resolution,sizes,status,wait}.test.ts",
      "test/conformance/video/*.test.ts",
    ],
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
    tests: ["packages/core/test/inspect/*.test.ts", "test/conformance/files/inspect.test.ts"],
  },
  retry: {
    files: core("http/retry.ts", "http/unknown-outcome.ts", "http/deadline.ts"),
    tests: ["packages/core/test/http/{retry,deadline}.test.ts"],
  },
  exchange: {
    files: core("pay/exchange.ts"),
    tests: [
      "packages/core/test/pay/{exchange,pay-request,replayed}.test.ts",
      "test/conformance/pay/pay-request.test.ts",
    ],
  },
  "mp-client": {
    files: core(
      "mp/client.ts",
      "mp/request.ts",
      "mp/exchange.ts",
      "mp/call.ts",
      "mp/reading-call.ts",
      "mp/reply.ts",
      "mp/once.ts",
    ),
    tests: [
      "packages/core/test/mp/{client,exchange,large-replies,mp-request,reading-call,replies,request}.test.ts",
      "test/conformance/mp/{mp-replies,mp-request}.test.ts",
    ],
  },
  limits: {
    files: [
      ...core("upload/limits.ts"),
      "packages/pay-media/src/limits.ts",
      "packages/pay-media/src/video-limits.ts",
      "packages/pay-media/src/endpoints/limits.ts",
      "packages/mp-media/src/limits.ts",
      "packages/mp-media/src/material-limits.ts",
      "packages/emulator/src/mp/media/limits.ts",
    ],
    tests: [
      "packages/core/test/upload/characters.test.ts",
      "packages/{emulator,mp-media,pay-media}/test/limits.test.ts",
    ],
  },
};

/** Tests that call several packages. */
const ofAllPackages: readonly string[] = [
  "packages/core/test/misuse/*.test.ts",
  "packages/core/test/{http/foreign-fetch,mp/half-surrogates,pay/hostile,source/deaf-reader}.test.ts",
  "packages/pay-media/test/{any-endpoint,bad-files,downloads,pay-documents}.test.ts",
  "test/conformance/**/*.test.ts",
];

/** All other sources of a package, a folder each. */
function restOf(name: string): Part {
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  const others = globSync(`packages/${name}/src/**/*.ts`, { cwd }).filter(isUnnamed);
  const folders = new Set(others.map((file) => dirname(file)));
  return {
    files: [...folders].sort().map((folder) => `${folder}/*.ts`),
    tests: [`packages/${name}/test/**/*.test.ts`, ...(name === "emulator" ? [] : ofAllPackages)],
  };
}

const namedFiles = Object.values(named).flatMap(({ files }) => files);

function isUnnamed(file: string): boolean {
  return !namedFiles.includes(file);
}

/** All parts, those whose loss would hurt most first. */
export const parts: Readonly<Record<string, Part>> = {
  ...named,
  "rest-of-core": restOf("core"),
  "rest-of-pay-media": restOf("pay-media"),
  "rest-of-mp-media": restOf("mp-media"),
  "rest-of-mp-publish": restOf("mp-publish"),
  "rest-of-emulator": restOf("emulator"),
};

/** What Stryker mutates of a slice. */
export function sourcesOf(slice: string): string[] {
  return slice.includes("*") ? [slice, ...namedFiles.map((file) => `!${file}`)] : [slice];
}

// What the packages export for applications.

import * as core from "@wechat-edge/core";
import * as hashWorker from "@wechat-edge/core/hash-worker";
import * as mpDoctor from "@wechat-edge/core/mp-doctor";
import * as mpMessages from "@wechat-edge/core/mp-messages";
import * as mpPlatform from "@wechat-edge/core/mp-platform";
import * as payDoctor from "@wechat-edge/core/pay-doctor";
import * as payNotifications from "@wechat-edge/core/pay-notifications";
import * as mpMedia from "@wechat-edge/mp-media";
import * as mpPublish from "@wechat-edge/mp-publish";
import * as html from "@wechat-edge/mp-publish/html";
import * as payMedia from "@wechat-edge/pay-media";
import * as downloads from "@wechat-edge/pay-media/downloads";
import * as endpoints from "@wechat-edge/pay-media/endpoints";
import corePackage from "../../packages/core/package.json" with { type: "json" };
import mpMediaPackage from "../../packages/mp-media/package.json" with { type: "json" };
import mpPublishPackage from "../../packages/mp-publish/package.json" with { type: "json" };
import payMediaPackage from "../../packages/pay-media/package.json" with { type: "json" };

/** The entries of every package, by the name that one imports. */
export const entries: Readonly<Record<string, object>> = {
  "@wechat-edge/core": core,
  "@wechat-edge/core/hash-worker": hashWorker,
  "@wechat-edge/core/mp-doctor": mpDoctor,
  "@wechat-edge/core/mp-messages": mpMessages,
  "@wechat-edge/core/mp-platform": mpPlatform,
  "@wechat-edge/core/pay-doctor": payDoctor,
  "@wechat-edge/core/pay-notifications": payNotifications,
  "@wechat-edge/mp-media": mpMedia,
  "@wechat-edge/mp-publish": mpPublish,
  "@wechat-edge/mp-publish/html": html,
  "@wechat-edge/pay-media": payMedia,
  "@wechat-edge/pay-media/downloads": downloads,
  "@wechat-edge/pay-media/endpoints": endpoints,
};

/** Not for applications: parts for the sibling packages, the script of a worker, and the manifest. */
const NOT_ENTRIES = /^\.\/(?:internal\/|package\.json$|hash-worker-script$)/;

/** Errors are thrown, and limits are data. */
const isOperation = (value: unknown): boolean => {
  if (typeof value === "function") return !(value.prototype instanceof Error);
  return typeof value === "object" && value !== null && "path" in value;
};

/** The names of all functions and endpoints. */
export const exportedOperations: readonly string[] = [
  ...new Set(
    Object.values(entries).flatMap((entry) =>
      Object.entries(entry)
        .filter(([, value]) => isOperation(value))
        .map(([name]) => name),
    ),
  ),
];

/** The entries that their package.json files declare. */
export const declaredEntries: readonly string[] = [
  corePackage,
  mpMediaPackage,
  mpPublishPackage,
  payMediaPackage,
].flatMap(({ name, exports }) =>
  Object.keys(exports)
    .filter((path) => !NOT_ENTRIES.test(path))
    .map((path) => `${name}${path.slice(1)}`),
);

import { credentials } from "../../demo/credentials.ts";
import { check, checkDistinct, definedFields } from "../../validation/check.ts";
import {
  fields,
  filledText,
  listOf,
  optional,
  type RulesOf,
  text,
  textLike,
} from "../../validation/rules.ts";

/** A third-party platform (第三方平台). What is not given is that of the demo platform. */
export interface Platform {
  /** `wx` and 16 letters or digits. */
  component_appid: string;
  component_appsecret?: string;
  /** 消息校验Token: 3 to 32 letters and digits. */
  messageToken?: string;
  /** 消息加解密Key: 43 letters and digits. */
  encodingAESKey?: string;
  /** IP addresses that may call (白名单IP地址列表); others are answered 61004. Default: any. */
  ipWhitelist?: readonly string[];
}

export interface SeededPlatform extends Platform {
  component_appsecret: string;
  messageToken: string;
  encodingAESKey: string;
}

const PLATFORM: RulesOf<Platform> = {
  component_appid: textLike(/^wx[0-9A-Za-z]{16}$/, "wx and 16 letters or digits"),
  component_appsecret: optional(filledText),
  messageToken: optional(textLike(/^[0-9A-Za-z]{3,32}$/, "3 to 32 letters and digits")),
  encodingAESKey: optional(textLike(/^[0-9A-Za-z]{43}$/, "43 letters and digits")),
  ipWhitelist: optional(listOf(text, "addresses")),
};

/** Checks platforms, and adds the demo platform; its component_appid changes that. */
export function seededPlatforms(given: readonly Platform[]): Map<string, SeededPlatform> {
  checkDistinct(given, "component_appid", "platforms");
  const known = new Map([[credentials.platform.component_appid, { ...credentials.platform }]]);
  for (const [at, platform] of given.entries()) {
    check(fields(PLATFORM), platform, `platforms[${at}]`);
    const { component_appid } = platform;
    known.set(component_appid, { ...credentials.platform, ...definedFields(platform) });
  }
  return known;
}

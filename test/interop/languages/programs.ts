import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Domain } from "../hosts/domain.ts";
import type { Rule } from "../stock-finding.ts";

const run = promisify(execFile);
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A program that sends as somebody's client does, in a language that Debian's packages bring. */
export interface Program {
  readonly name: string;
  readonly language: Language;
  readonly args: readonly string[];
  /** What it depends on that does not show in what it sends. */
  readonly rules?: readonly Rule[];
}

export interface Language {
  readonly debian: readonly string[];
  isInstalled(): boolean;
  /** Made once for all programs of the language: what to start, and with which environment. */
  prepare(domain: Domain): Promise<Started>;
}

/** Where Debian's packages put what they bring. */
const GUZZLE = "/usr/share/php/GuzzleHttp/autoload.php";
const JAVA = "/usr/share/java";
const JARS = [
  "okhttp",
  "okio",
  "httpclient",
  "httpcore",
  "httpmime",
  "commons-logging",
  "commons-codec",
].map((name) => join(JAVA, `${name}.jar`));

export interface Started {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const HOST = "api.mch.weixin.qq.com";

const answers = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args).status === 0;

const php: Language = {
  debian: ["php-cli", "php-curl", "php-guzzlehttp-guzzle"],
  isInstalled: () =>
    existsSync(GUZZLE) && answers("php", "-r", "exit(extension_loaded('curl') ? 0 : 1);"),
  prepare: async ({ port, caFile }) => ({
    command: "php",
    args: [here("php/guzzle.php")],
    env: {
      ORIGIN: `https://${HOST}`,
      CONNECT_TO: `${HOST}:443:127.0.0.1:${port}`,
      CA_FILE: caFile,
    },
  }),
};

const java: Language = {
  debian: ["default-jdk-headless", "libokhttp-java", "libhttpclient-java", "libhttpmime-java"],
  isInstalled: () => JARS.every((jar) => existsSync(jar)) && answers("javac", "-version"),
  async prepare({ port, folder, caFile }) {
    const classes = join(folder, "classes");
    await mkdir(classes);
    const sources = ["Merchant", "OkHttp", "ApacheHttp"].map((name) => here(`java/${name}.java`));
    const classPath = [classes, ...JARS].join(":");
    await run("javac", [
      "-nowarn",
      "-encoding",
      "UTF-8",
      "-cp",
      classPath,
      "-d",
      classes,
      ...sources,
    ]);
    const hosts = join(folder, "hosts");
    await writeFile(hosts, `127.0.0.1 ${HOST}\n`);
    const trusted = join(folder, "trusted.p12");
    const store = ["-keystore", trusted, "-storepass", PASSWORD, "-storetype", "PKCS12"];
    await run("keytool", ["-importcert", "-noprompt", "-alias", "test", "-file", caFile, ...store]);
    return {
      command: "java",
      args: [
        `-Djdk.net.hosts.file=${hosts}`,
        `-Djavax.net.ssl.trustStore=${trusted}`,
        `-Djavax.net.ssl.trustStorePassword=${PASSWORD}`,
        "-cp",
        classPath,
      ],
      // Its resolver has no ports.
      env: { ORIGIN: `https://${HOST}:${port}` },
    };
  },
};

/** Of a store with one certificate, made for one run. */
const PASSWORD = "changeit";

/** The one that Debian's packages are for comes first. */
const pythons = ["/usr/bin/python3", "python3"];
const findPython = (): string | undefined =>
  pythons.find((command) => answers(command, "-c", "import requests, cryptography"));

const python: Language = {
  debian: ["python3", "python3-requests", "python3-cryptography"],
  isInstalled: () => findPython() !== undefined,
  prepare: async ({ port, caFile }) => ({
    command: findPython() ?? "python3",
    args: [here("python/client.py")],
    env: {
      ORIGIN: `https://${HOST}`,
      PYTHONPATH: here("python/resolver"),
      PYTHONDONTWRITEBYTECODE: "1",
      WECHAT_EDGE_FRONT: `${port}`,
      SSL_CERT_FILE: caFile,
      REQUESTS_CA_BUNDLE: caFile,
    },
  }),
};

export const languages: readonly (readonly [name: string, language: Language])[] = [
  ["PHP", php],
  ["Java", java],
  ["Python", python],
];

export const programs: readonly Program[] = [
  { name: "PHP, Guzzle, as wechatpay-php", language: php, args: [] },
  {
    name: "Java, OkHttp, as wechatpay-java",
    language: java,
    args: ["OkHttp"],
    rules: ["header names"],
  },
  {
    name: "Java, OkHttp, as older wechatpay-java",
    language: java,
    args: ["OkHttp", "text"],
    rules: ["header names"],
  },
  {
    name: "Java, HttpClient, as wechatpay-java",
    language: java,
    args: ["ApacheHttp", "no-boundary"],
    rules: ["header names"],
  },
  {
    name: "Java, HttpClient, as wechatpay-apache-httpclient",
    language: java,
    args: ["ApacheHttp"],
    rules: ["header names"],
  },
  { name: "Python, urllib", language: python, args: ["urllib"] },
  { name: "Python, requests", language: python, args: ["requests"] },
  { name: "Python, requests, as wechatpayv3", language: python, args: ["no-boundary"] },
];

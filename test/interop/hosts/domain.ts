import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { certificatesFor } from "./certificates.ts";
import type { WireExchange } from "./conversation.ts";
import { startTlsFront } from "./tls-front.ts";

/** The names under which the merchants' API is reached, and that of an Official Account. */
const HOSTS = ["api.mch.weixin.qq.com", "api2.mch.weixin.qq.com", "api.weixin.qq.com"] as const;

/** Where a client that is not told otherwise goes. */
export const WECHAT_PAY = `https://${HOSTS[0]}`;

const RESOLVER = fileURLToPath(new URL("./resolver.cjs", import.meta.url));

/** WeChat's host names, for processes that are started with `env`, and for no others. */
export interface Domain {
  readonly port: number;
  /** A folder that is removed with the domain. */
  readonly folder: string;
  /** The certificate of the authority, PEM. */
  readonly caFile: string;
  /** For programs of Node and for curl. */
  readonly env: Readonly<Record<string, string>>;
  /** What was exchanged since the last time. */
  take(): WireExchange[];
  close(): Promise<void>;
}

/** Puts an emulator under WeChat's host names. */
export async function openDomain(emulator: string): Promise<Domain> {
  const certificates = certificatesFor(HOSTS);
  const front = await startTlsFront(emulator, certificates);
  const { port } = front;
  const folder = await mkdtemp(join(tmpdir(), "wechat-edge-domain-"));
  const caFile = join(folder, "ca.pem");
  await writeFile(caFile, certificates.ca);
  await writeFile(join(folder, ".curlrc"), curlConfig(port, caFile));
  return {
    port,
    folder,
    caFile,
    env: {
      NODE_EXTRA_CA_CERTS: caFile,
      NODE_OPTIONS: `--require ${RESOLVER}`,
      WECHAT_EDGE_FRONT: `${port}`,
      CURL_HOME: folder,
    },
    take: () => front.take(),
    async close() {
      await front.close();
      await rm(folder, { recursive: true });
    },
  };
}

function curlConfig(port: number, caFile: string): string {
  const names = HOSTS.map((host) => `connect-to = "${host}:443:127.0.0.1:${port}"\n`);
  return `${names.join("")}cacert = "${caFile}"\nnoproxy = "*"\n`;
}

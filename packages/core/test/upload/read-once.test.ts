// The bytes that were checked and hashed are the bytes that are signed and sent: a file that changes between two reads
// cannot be swapped, because it is read once.

import { createMpClient, createPayClient, type Fetch } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";
import { callOperation, mpOperations, payOperations } from "../../../../test/support/operations.ts";
import { digestBytes } from "../../src/hash/digest.ts";

const jpeg = new Uint8Array(9000).fill(7);
jpeg.set([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0]);
const other = jpeg.slice().fill(9, 100);

/** A file that is another one whenever a byte is read again. */
function swapped() {
  const reads: [number, number][] = [];
  const file = {
    name: "licence.jpg",
    size: jpeg.length,
    read: async (start: number, end: number) => {
      const again = reads.some(([from, to]) => start < to && from < end);
      reads.push([start, end]);
      return (again ? other : jpeg).slice(start, end);
    },
  };
  return { file, reads };
}

/** Uploads in one request that take a picture. */
const uploads = {
  pay: ["uploadImage", "uploadMarketingImage", "uploadPayFile", "uploadComplaintImage"],
  mp: ["uploadMedia", "addMaterial", "uploadArticleImage", "keepMedia"],
};

for (const [kind, names] of Object.entries(uploads)) {
  describe(kind, () => {
    const operations = kind === "pay" ? payOperations : mpOperations;
    for (const name of names.filter((known) => known in operations)) {
      it(`${name} sends what it has checked and hashed`, async () => {
        const bodies: Uint8Array[] = [];
        const fetch: Fetch = async (url, { body }) => {
          if (url.includes("stable_token")) {
            return Response.json({ access_token: "t", expires_in: 7200 });
          }
          bodies.push(new Uint8Array(await new Response(body as BodyInit).arrayBuffer()));
          return new Response("down", { status: 503 });
        };
        const options = { fetch, sleep: async () => undefined };
        const { mchid, serialNo, privateKey, platformKeys } = credentials.pay;
        const client =
          kind === "pay"
            ? createPayClient({ mchid, serialNo, privateKey, platformKeys, ...options })
            : createMpClient({ ...credentials.mp, ...options });
        const { file, reads } = swapped();
        const operation = operations[name];
        if (operation === undefined) throw new Error(name);
        await callOperation(operation, client, { file }).catch(() => undefined);
        expect(reads).toEqual([[0, jpeg.length]]);
        // Each try sends the same: the bytes of the first and only read.
        expect(bodies.length).toBeGreaterThan(0);
        for (const body of bodies) {
          expect(Buffer.from(body).includes(Buffer.from(jpeg))).toBe(true);
          if (kind === "mp") continue;
          const sha256 = await digestBytes(jpeg, "SHA-256");
          expect(new TextDecoder().decode(body)).toContain(sha256);
        }
      });
    }
  });
}

it("is about most uploads", () => {
  const known = [
    ...uploads.pay.filter((name) => name in payOperations),
    ...uploads.mp.filter((name) => name in mpOperations),
  ];
  expect(known.length).toBeGreaterThanOrEqual(6);
});

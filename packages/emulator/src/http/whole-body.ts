/** A body and the length that it is said to have, or has, where nothing is said. */
export async function wholeBody(
  response: Response,
): Promise<{ length: number; body: ReadableStream<Uint8Array> | null }> {
  const said = response.headers.get("content-length");
  if (said !== null) return { length: Number(said), body: response.body };
  const bytes = await response.arrayBuffer();
  return { length: bytes.byteLength, body: new Response(bytes).body };
}

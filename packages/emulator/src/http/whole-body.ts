/** The body and its length, by Content-Length or else by its bytes. */
export async function wholeBody(
  response: Response,
): Promise<{ length: number; body: ReadableStream<Uint8Array> | null }> {
  const said = response.headers.get("content-length");
  if (said !== null) return { length: Number(said), body: response.body };
  const bytes = await response.arrayBuffer();
  return { length: bytes.byteLength, body: new Response(bytes).body };
}

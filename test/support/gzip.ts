/** Whether the runtime opens gzip. Vercel's edge VM has the name DecompressionStream, and no more. */
export function canOpenGzip(): boolean {
  try {
    return new DecompressionStream("gzip").writable !== undefined;
  } catch {
    return false;
  }
}

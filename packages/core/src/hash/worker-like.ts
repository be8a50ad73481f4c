/**
 * The members of a Web Worker that this library uses. The Worker of `node:worker_threads` does not fit: it has no
 * `addEventListener`.
 */
export interface WorkerLike {
  postMessage(message: unknown): void;
  addEventListener(type: string, listener: (event: object) => void): void;
  terminate(): unknown;
}

/** What is used of a Web Worker. Those of Node's `node:worker_threads` are none: they have no `addEventListener`. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  addEventListener(type: string, listener: (event: object) => void): void;
  terminate(): unknown;
}

/** A request that the Worker refuses before anything is uploaded. The message says what to send instead. */
export class RequestError extends Error {
  override readonly name: string = "RequestError";
  readonly status: 400 | 401 | 404 | 405 | 411;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: RequestError["status"],
    about: { code: string; message: string; headers?: Record<string, string> },
  ) {
    super(about.message);
    this.status = status;
    this.code = about.code;
    this.headers = about.headers ?? {};
  }
}

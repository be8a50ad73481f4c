/** A form with one file, as curl sends it: unchecked. FormData will not do, as WebKit cannot read one back. */
export function bareForm(file: Blob, filename: string): RequestInit & { method: string } {
  const boundary = "------------------------bare-form";
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="${filename}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return {
    method: "POST",
    headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
    body: new Blob([head, file, `\r\n--${boundary}--\r\n`]),
  };
}

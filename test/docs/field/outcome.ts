import type { Emulator } from "@wechat-edge/emulator";

/** Runs a call of the library, and says what came of it and how many requests it took. */
export async function outcome(work: () => unknown, emulator?: Emulator): Promise<string> {
  const sent = (): string => {
    const count = emulator?.control.journal.entries().length;
    if (count === undefined) return "";
    return count === 0 ? ", nothing sent" : `, ${count} ${count === 1 ? "request" : "requests"}`;
  };
  try {
    return `${told(await work())}${sent()}`;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return `**${error.name}**${sent()}: ${stable(error.message)}`;
  }
}

function told(result: unknown): string {
  if (result === undefined) return "taken";
  return typeof result === "string" ? stable(result) : `taken: ${stable(JSON.stringify(result))}`;
}

/** Says what the emulator answered. */
export async function answer(reply: Promise<Response>, emulator: Emulator): Promise<string> {
  const response = await reply;
  const text = await response.text();
  const signed = response.headers.has("wechatpay-signature") ? "signed" : "unsigned";
  const notes = emulator.control.journal.entries().at(-1)?.notes ?? [];
  const noted = notes.length === 0 ? "" : `, noted: ${notes.join("; ")}`;
  return `${response.status} ${stable(said(text))}, ${signed}${noted}`;
}

function said(text: string): string {
  if (!text.startsWith("{")) return text === "" ? "empty" : `${text.length} characters`;
  const { code, message, ...result } = JSON.parse(text) as { code?: string; message?: string };
  return code === undefined ? JSON.stringify(result) : `${code} ${message}`;
}

/** Without what differs from run to run. */
function stable(text: string): string {
  return (
    text
      .replace(/08[0-9A-F]{36}-0/g, "…")
      .replace(/"[A-Za-z0-9_-]{107}"/g, '"…"')
      .replace(/(https:\/\/qpic\.cn\/)[A-Za-z0-9_-]+/g, "$1…")
      .replace(/[\da-f]{8}-[\da-f-]{27}/g, "…")
      .replace(/Wechatpay-Timestamp \d+/g, "Wechatpay-Timestamp …")
      .replace(/SHA-1 (?!0{40})[\da-f]{40}/g, "SHA-1 …")
      .replace(/\d{4} bytes came/g, "… bytes came")
      .replace(/after \d+ of \d+ bytes/g, "after … of … bytes")
      // Reading begins a while after signing: seconds, on a slow machine.
      .replace(/was signed \d+ seconds/g, "was signed … seconds")
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+08:00)/g, "…")
  );
}

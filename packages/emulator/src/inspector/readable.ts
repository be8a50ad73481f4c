import { html, type Markup } from "../html/html.ts";

const UNITS = ["B", "KiB", "MiB", "GiB"];

/** A number of bytes in the unit that WeChat's limits are in. */
export function sizeText(bytes: number): string {
  let unit = 0;
  let count = bytes;
  while (count >= 1024 && unit < UNITS.length - 1) {
    count /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? count : count.toFixed(1)} ${UNITS[unit]}`;
}

/** Where the text of a time ends: a day's time, or a day and a time to the minute or second. */
type Precision = "clock" | "minute" | "second";

function utcText(iso: string, precision: Precision): string {
  const [day, time = ""] = iso.replace("Z", "").split("T");
  if (precision === "clock") return time;
  return `${day} ${time.slice(0, precision === "minute" ? 5 : 8)} UTC`;
}

/** In UTC; the page's script puts the reader's own time in its place. A clock may be set to no date. */
export function timeOf(ms: number, precision: Precision): Markup {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return html`<time>never</time>`;
  const iso = date.toISOString();
  return html`<time datetime="${iso}" data-show="${precision}">${utcText(iso, precision)}</time>`;
}

import { html, type Markup } from "../html/html.ts";

const UNITS = ["B", "KiB", "MiB", "GiB"];

/** A number of bytes in the units of WeChat's limits. */
export function sizeText(bytes: number): string {
  let unit = 0;
  let count = bytes;
  while (count >= 1024 && unit < UNITS.length - 1) {
    count /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? count : count.toFixed(1)} ${UNITS[unit]}`;
}

/** The time only, or date and time to the minute or second. */
type Precision = "clock" | "minute" | "second";

function utcText(iso: string, precision: Precision): string {
  const [day, time = ""] = iso.replace("Z", "").split("T");
  if (precision === "clock") return time;
  return `${day} ${time.slice(0, precision === "minute" ? 5 : 8)} UTC`;
}

/** In UTC; the script shows the reader's time zone. A clock may be set beyond the range of dates. */
export function timeOf(ms: number, precision: Precision): Markup {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return html`<time>never</time>`;
  const iso = date.toISOString();
  return html`<time datetime="${iso}" data-show="${precision}">${utcText(iso, precision)}</time>`;
}

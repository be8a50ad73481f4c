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

/** Day and time of milliseconds, in UTC; a clock may be set to where no date is. */
export function momentOf(ms: number): { iso: string; day: string; time: string } {
  const date = new Date(ms);
  const iso = Number.isNaN(date.getTime()) ? "neverTnever" : date.toISOString();
  const [day = "", time = ""] = iso.replace("Z", "").split("T");
  return { iso, day, time };
}

/** To the minute. */
export function minuteText(ms: number): string {
  const { day, time } = momentOf(ms);
  return `${day} ${time.slice(0, 5)} UTC`;
}

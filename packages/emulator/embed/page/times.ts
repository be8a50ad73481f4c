const two = (value: number, digits = 2): string => String(value).padStart(digits, "0");

const dayText = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

const clockText = (date: Date): string =>
  `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;

/** As UTC+8 or UTC-3:30. */
function zoneText(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const rest = Math.abs(minutes) % 60;
  const hours = Math.trunc(Math.abs(minutes) / 60);
  const sign = minutes < 0 ? "-" : "+";
  return `UTC${minutes === 0 ? "" : `${sign}${hours}${rest === 0 ? "" : `:${two(rest)}`}`}`;
}

function localText(date: Date, show: string | undefined): string {
  if (show === "clock") return `${clockText(date)}.${two(date.getMilliseconds(), 3)}`;
  const time = show === "minute" ? clockText(date).slice(0, 5) : clockText(date);
  return `${dayText(date)} ${time} ${zoneText(date)}`;
}

/** Shows times in the reader's time zone; the title keeps UTC. */
export function localiseTimes(within: ParentNode): void {
  for (const time of within.querySelectorAll("time")) {
    const date = new Date(time.dateTime);
    if (Number.isNaN(date.getTime())) continue;
    time.textContent = localText(date, time.dataset["show"]);
    time.title = `${date.toISOString().replace("T", " ").replace("Z", "")} UTC`;
  }
}

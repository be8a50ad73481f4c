/** The longest timer; a longer one fires at once. */
export const MAX_TIMER_MS: number = 2 ** 31 - 1;

import type { Instant } from '@vestibule/core';

/** The time of all cases. Any other would do, because stores read no clock. */
export const NOW: Instant = Date.UTC(2026, 10, 23, 12, 0, 0, 7);

export const MINUTE = 60_000;
export const DAY: number = 24 * 60 * MINUTE;

/** Long after all other times. */
export const YEAR_9999: Instant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

import type { Seconds } from '@vestibule/core';
import { readDuration } from '@vestibule/core/realm';
import { InvalidArgumentError } from 'commander';

/**
 * Parses a duration in weeks, days, hours, minutes and seconds, such as `30d` or `12h 30m`.
 *
 * @throws InvalidArgumentError if it is no duration, or zero
 */
export function parseDuration(text: string): Seconds {
  const seconds = readDuration(text);
  if (seconds !== undefined && seconds > 0) return seconds;
  throw new InvalidArgumentError('It must be a duration such as 30d or 12h 30m (w, d, h, m, s).');
}

import type { Instant } from '@vestibule/core';
import { InvalidArgumentError } from 'commander';

const ISO = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * Parses a date or time in ISO 8601: `2027-01-31T12:00:00Z`, or `2027-01-31`, which is midnight UTC.
 *
 * @throws InvalidArgumentError if it is neither, or a time without a time zone
 */
export function parseMoment(text: string): Instant {
  const [, day] = ISO.exec(text) ?? [];
  const at = Date.parse(text);
  // Date.parse reads a date that does not exist, such as 30 February, as another date.
  const isDate =
    day !== undefined && Number.isFinite(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
  if (isDate && Number.isFinite(at)) return at;
  throw new InvalidArgumentError('It must be a date or time such as 2027-01-31 or 2027-01-31T12:00:00Z.');
}

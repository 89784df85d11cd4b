import type { Instant } from '@vestibule/core';
import { InvalidArgumentError } from 'commander';

const ISO = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * Reads a moment as ISO 8601 writes it: `2027-01-31T12:00:00Z`, or `2027-01-31`, which is its first moment in UTC.
 *
 * @throws InvalidArgumentError where it is none, or does not say in which time zone
 */
export function parseMoment(text: string): Instant {
  const [, day] = ISO.exec(text) ?? [];
  const at = Date.parse(text);
  // A date that there is not, such as 30 February, would be taken for another.
  const isDate =
    day !== undefined && Number.isFinite(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
  if (isDate && Number.isFinite(at)) return at;
  throw new InvalidArgumentError('It must be a moment such as 2027-01-31 or 2027-01-31T12:00:00Z.');
}

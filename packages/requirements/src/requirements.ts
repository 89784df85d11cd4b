import { behaviors } from './behaviors.ts';
import type { Requirement } from './requirement.ts';
import { sourceOf } from './source.ts';

/**
 * The id of a requirement: `rfc7591:3.2.2:json`, `vestibule:gates:at-refresh`. It is never reused for another requirement.
 */
export type RequirementId = keyof typeof behaviors;

/** What Vestibule does, each with its source. */
export const requirements: Readonly<Record<RequirementId, Requirement>> = mapValues(
  behaviors,
  (behavior, id) => ({ source: sourceOf(id), behavior }),
);

function mapValues<Id extends string, From, To>(
  record: Readonly<Record<Id, From>>,
  map: (value: From, id: string) => To,
): Record<Id, To> {
  const entries = Object.entries<From>(record).map(([id, value]) => [id, map(value, id)]);
  return Object.fromEntries(entries);
}

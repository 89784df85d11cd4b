import { quantile } from '../load/latencies.ts';
import type { Slice } from '../run/results.ts';
import { REFERENCE } from '../targets/ceilings.ts';
import type { CoreSpeed } from './core-speed.ts';

/** The middle of several values, and where the middle half of them lies. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export const spreadOf = (values: readonly number[]): Spread | undefined =>
  values.length === 0
    ? undefined
    : { median: quantile(values, 0.5), low: quantile(values, 0.25), high: quantile(values, 0.75) };

/** Selects slices of one kind. */
export interface Kind {
  readonly target: string;
  readonly operation: string;
  readonly connections: number;
}

export const slicesOf = (
  slices: readonly Slice[],
  { target, operation, connections }: Kind,
): readonly Slice[] =>
  slices.filter(
    (slice) => slice.target === target && slice.operation === operation && slice.connections === connections,
  );

/** The ratio of each slice to the reference's slice of the same round, both set to the same core speed. */
export function ratiosToReference(
  slices: readonly Slice[],
  kind: Kind,
  { adjust }: CoreSpeed,
): readonly number[] {
  const references = slicesOf(slices, { ...kind, target: REFERENCE });
  return slicesOf(slices, kind).flatMap((slice) => {
    const reference = references.find(({ round }) => round === slice.round);
    if (reference === undefined || reference.perSecond === 0) return [];
    return [adjust(slice.perSecond, slice.probeMs) / adjust(reference.perSecond, reference.probeMs)];
  });
}

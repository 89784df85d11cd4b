import { median } from '../load/latencies.ts';
import type { Results } from '../run/results.ts';

/** Sets rates to the median speed that the core had during a run. */
export interface CoreSpeed {
  /** How strongly rates follow the speed of the core: 0 not at all, 1 in proportion. */
  readonly exponent: number;
  /** The median of the probe, in milliseconds. */
  readonly typicalMs: number;
  readonly adjust: (perSecond: number, probeMs: number) => number;
}

/** Fewer slices than this of one kind say nothing about the speed. */
const LEAST_SLICES = 4;

/**
 * Fits one exponent to a run: how the logarithm of the rate depends on that of the probe, within slices of the same target,
 * operation and number of connections (a regression with a fixed effect for each such group).
 */
export function fitCoreSpeed({ slices, coldStarts }: Pick<Results, 'slices' | 'coldStarts'>): CoreSpeed {
  const groups = Object.values(
    Object.groupBy(
      slices.filter(({ perSecond, probeMs }) => perSecond > 0 && probeMs > 0),
      ({ target, operation, connections }) => `${target} ${operation} ${connections}`,
    ),
  ).filter((group) => group !== undefined && group.length >= LEAST_SLICES);
  let covariance = 0;
  let variance = 0;
  for (const group of groups) {
    const times = centered((group ?? []).map(({ probeMs }) => Math.log(probeMs)));
    const rates = centered((group ?? []).map(({ perSecond }) => Math.log(perSecond)));
    for (const [index, time] of times.entries()) {
      covariance += time * (rates[index] ?? 0);
      variance += time * time;
    }
  }
  const exponent = variance === 0 ? 0 : Math.min(1, Math.max(0, -covariance / variance));
  const typicalMs = median([...slices, ...coldStarts].map(({ probeMs }) => probeMs));
  return {
    exponent,
    typicalMs,
    adjust: (perSecond, probeMs) => (probeMs > 0 ? perSecond * (probeMs / typicalMs) ** exponent : perSecond),
  };
}

function centered(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

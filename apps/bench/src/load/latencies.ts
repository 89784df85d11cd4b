/** Quantiles of the latencies of one slice, in milliseconds. */
export interface LatencySummary {
  readonly p50: number;
  readonly p99: number;
}

/** The value below which this share of the values lies; `NaN` if there is none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const summarize = (latencies: readonly number[]): LatencySummary => ({
  p50: median(latencies),
  p99: quantile(latencies, 0.99),
});

import { median } from '../load/latencies.ts';

/** What was seen in one period of a soak. */
export interface Period {
  /** Whole flows that succeeded. */
  readonly flows: number;
  readonly errors: number;
  /** Of a flow, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Resident memory of the server at the end of the period, in MiB. */
  readonly memoryMiB: number;
  /** Open files, sockets and other handles of the server at the end of the period, without connections. */
  readonly handles: number;
}

/** How much the last quarter may have of each figure, given the second quarter. The first one warms up. */
const ALLOWED = {
  memoryMiB: (before: number) => before + 64,
  handles: (before: number) => before + 8,
  p50: (before: number) => before * 1.5,
  p99: (before: number) => before * 2,
} as const satisfies Partial<Record<keyof Period, (before: number) => number>>;

const FIGURES = ['memoryMiB', 'handles', 'p50', 'p99'] as const satisfies readonly (keyof typeof ALLOWED)[];

/** What grew during a soak, or went wrong, in sentences. Empty: it was steady. Needs at least four periods. */
export function growthIn(periods: readonly Period[]): readonly string[] {
  const quarter = Math.floor(periods.length / 4);
  if (quarter === 0) return [`${periods.length} periods are too few: at least 4 are needed.`];
  const early = periods.slice(quarter, 2 * quarter);
  const late = periods.slice(-quarter);
  const errors = periods.reduce((sum, period) => sum + period.errors, 0);
  return [
    ...(errors > 0 ? [`${errors} flows failed.`] : []),
    ...FIGURES.flatMap((name) => {
      const before = median(early.map((period) => period[name]));
      const after = median(late.map((period) => period[name]));
      return after > ALLOWED[name](before)
        ? [`${name} grew from ${before.toFixed(1)} to ${after.toFixed(1)}.`]
        : [];
    }),
  ];
}

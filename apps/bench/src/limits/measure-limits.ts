import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Spread, spreadOf } from '../report/ratios.ts';
import { measuredWork, type Work } from './measured-work.ts';

/** How fast one kind of work is. */
export interface Limit {
  readonly name: string;
  readonly perSecond: Spread;
  /** The share of the time in which the core worked; the rest waited for the disk. */
  readonly cpu: number;
}

export interface LimitsOptions {
  /** How long each kind of work runs in each round. */
  readonly ms: number;
  /** Rounds, in which the kinds take turns. */
  readonly rounds: number;
}

/** Measures each kind of work in this process, after a round that only compiles it. */
export function measureLimits({ ms, rounds }: LimitsOptions): readonly Limit[] {
  const folder = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'vestibule-limits-'));
  const { work, close } = measuredWork(folder);
  try {
    const slices = Array.from({ length: rounds + 1 }, () => work.map((one) => measureOnce(one, ms))).slice(1);
    return work.flatMap(({ name }, index) => {
      const own = slices.map((round) => round[index]).filter((slice) => slice !== undefined);
      const perSecond = spreadOf(own.map((slice) => slice.perSecond));
      const cpu = spreadOf(own.map((slice) => slice.cpu));
      return perSecond === undefined || cpu === undefined ? [] : [{ name, perSecond, cpu: cpu.median }];
    });
  } finally {
    close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureOnce({ run, batch }: Work, ms: number): { readonly perSecond: number; readonly cpu: number } {
  const used = process.cpuUsage();
  const start = performance.now();
  let calls = 0;
  let elapsed = 0;
  do {
    run();
    calls += 1;
    elapsed = performance.now() - start;
  } while (elapsed < ms);
  const { user, system } = process.cpuUsage(used);
  return { perSecond: ((calls * batch) / elapsed) * 1_000, cpu: (user + system) / 1_000 / elapsed };
}

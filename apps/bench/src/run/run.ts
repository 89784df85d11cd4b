import { REFERENCE } from '../targets/ceilings.ts';
import type { Operation, Target } from '../targets/target.ts';
import type { Pinning } from '../machine/cores.ts';
import type { Environment } from './environment.ts';
import type { SliceSettings } from './measure-slice.ts';
import type { Progress } from './progress.ts';
import type { Results } from './results.ts';
import type { Servers } from './servers.ts';

/** What a run measures. */
export interface CompareSettings extends SliceSettings {
  readonly targets: readonly Target[];
  readonly operations: readonly Operation[];
  /** Connections with one request at a time. */
  readonly connections: readonly number[];
  /** Slices of each operation in each round. */
  readonly slices: number;
  /** Servers are started anew in each round. */
  readonly rounds: number;
  /** How long each operation of a server is used before it is measured, in milliseconds. */
  readonly warmMs: number;
  /** Starts of each server; 0 measures none. */
  readonly starts: number;
  /** Numbers of stored clients at which the targets that grow are measured; empty measures none. */
  readonly growthPoints: readonly number[];
  readonly growthTargets: readonly string[];
  /** The cores to pin to. Without them nothing is pinned. */
  readonly cores: Pinning | undefined;
}

export interface RunContext {
  readonly progress: Progress;
  /** Called after each part with what was measured so far. */
  readonly save: (results: Results) => void;
  /** Called with a function that stops everything that runs. */
  readonly onStart?: (stop: () => Promise<void>) => void;
}

/** Everything that the parts of a run share. */
export interface Run extends RunContext {
  readonly settings: CompareSettings;
  readonly environment: Environment;
  readonly servers: Servers;
  readonly results: Results;
}

/** The operation that a target runs when this one is measured: the reference echoes a registration in place of most. */
export function operationOf(target: Target, operation: Operation): Operation | undefined {
  if (target.operations.includes(operation)) return operation;
  return target.name === REFERENCE ? 'register' : undefined;
}

/** The targets in another order each time, so that none is always measured first. */
export const rotated = <T>(values: readonly T[], by: number): readonly T[] =>
  values.map((_, index) => values[(index + by) % values.length]).filter((value) => value !== undefined);

/** Records a failure and goes on: the other targets can still be compared. */
export function recordProblem({ results, progress }: Run, where: string, error: unknown): void {
  const text = `${where}: ${error instanceof Error ? error.message : String(error)}`;
  results.problems.push(text.slice(0, 1_000));
  progress.line(text);
}

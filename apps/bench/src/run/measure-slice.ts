import { closedLoop } from '../load/closed-loop.ts';
import { summarize } from '../load/latencies.ts';
import { prepareOperation } from '../load/operations.ts';
import type { Subject } from '../load/subject.ts';
import { coreBusyMs } from '../machine/cores.ts';
import { canReadProcesses, usageOf } from '../machine/process-tree.ts';
import type { Operation } from '../targets/target.ts';
import { type Environment, untilQuiet } from './environment.ts';
import type { Slice } from './results.ts';

/** How a slice is measured. */
export interface SliceSettings {
  readonly ms: number;
  /** The share of the server's core that other programs may use; above it the slice is repeated. */
  readonly noise: number;
  /** How often it is repeated at most. */
  readonly retries: number;
}

export interface SliceRequest {
  readonly subject: Subject;
  readonly operation: Operation;
  /** What the slice is compared with, if the reference runs another operation in its place. */
  readonly comparedWith?: Operation;
  readonly connections: number;
  readonly round: number;
}

/** Measures one slice, again while other programs disturb it, and returns the least disturbed one. */
export async function measureSlice(
  environment: Environment,
  request: SliceRequest,
  settings: SliceSettings,
): Promise<Slice> {
  let best: Slice | undefined;
  for (let tries = 1; tries <= settings.retries + 1; tries += 1) {
    if (settings.retries > 0) await untilQuiet(environment);
    const slice = await measureOnce(environment, request, settings.ms);
    const isBetter = best === undefined || (slice.others ?? 0) < (best.others ?? 0);
    const chosen: Slice = isBetter || best === undefined ? slice : best;
    const isDisturbed = (chosen.others ?? 0) > settings.noise;
    best = { ...chosen, tries, isDisturbed };
    if (!isDisturbed) return best;
  }
  if (best === undefined) throw new Error('The number of retries is negative.');
  return best;
}

async function measureOnce(environment: Environment, request: SliceRequest, ms: number): Promise<Slice> {
  const { subject, operation, comparedWith = operation, connections, round } = request;
  const { server, target } = subject;
  const prepared = await prepareOperation(subject, operation, connections);
  try {
    const before = await environment.probe.measure();
    const start = reading(environment, subject);
    const loop = await closedLoop({
      workers: connections,
      ms,
      run: prepared.run,
      isServerGone: server.hasExited,
    });
    const end = reading(environment, subject);
    const after = await environment.probe.measure();
    const each = (cpuMs: number): number => rounded((cpuMs * 1_000) / Math.max(1, loop.count));
    const serverCpu = end.server - start.server;
    const database = end.database - start.database;
    const isRead = canReadProcesses && target.address === undefined;
    const others = (end.core - start.core - serverCpu) / loop.ms;
    const { p50, p99 } = summarize(loop.latencies);
    return {
      target: target.name,
      operation: comparedWith,
      connections,
      round,
      perSecond: rounded((loop.count / loop.ms) * 1_000),
      p50: rounded(p50),
      p99: rounded(p99),
      count: loop.count,
      errors: loop.errors,
      ...(loop.firstError !== undefined && { firstError: loop.firstError }),
      ...(isRead && { serverCpuUs: each(serverCpu), memoryMiB: rounded(end.memory / 2 ** 20) }),
      ...(isRead && database > 0 && { databaseCpuUs: each(database) }),
      loadCpu: rounded((end.load - start.load) / loop.ms),
      // Several processes, or a server on all cores, cannot be told apart from other programs.
      ...(isRead && isAlone(environment, subject) && { others: rounded(Math.max(0, others)) }),
      probeMs: rounded((before + after) / 2),
      tries: 1,
      isDisturbed: false,
    };
  } finally {
    prepared.close();
  }
}

const isAlone = ({ pinning }: Environment, { server }: Subject): boolean =>
  pinning !== undefined && server.databaseProcesses().length === 0 && server.addresses.length === 1;

/** CPU times at one moment, in milliseconds, and the server's memory in bytes. */
function reading({ pinning }: Environment, { server }: Subject) {
  const { user, system } = process.cpuUsage();
  const used = usageOf(server.processes());
  return {
    server: used.cpuMs,
    memory: used.memory,
    database: usageOf(server.databaseProcesses()).cpuMs,
    load: (user + system) / 1_000,
    core: pinning === undefined ? 0 : coreBusyMs(pinning.server),
  };
}

/** Four significant digits: what is stored stays small, and is no less precise than the measurement. */
export const rounded = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(4)) : 0);

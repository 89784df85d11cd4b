import { cpus, release, totalmem, type as systemType } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { coreBusyMs, type FoundPinning, findPinning, type Pinning, pinProcess } from '../machine/cores.ts';
import { canReadProcesses } from '../machine/process-tree.ts';
import { type Probe, startProbe } from '../machine/probe.ts';
import type { Results } from './results.ts';

/** Where a run takes place. */
export interface Environment {
  readonly pinning: Pinning | undefined;
  readonly probe: Probe;
  readonly described: Results['machine'];
}

/** Pins the load, and starts the probe on the server's core. */
export async function openEnvironment(wanted: Pinning | undefined): Promise<Environment> {
  const found: FoundPinning =
    wanted === undefined ? { ok: false, reason: 'it was asked for' } : findPinning(wanted);
  const pinning = found.ok ? found.pinning : undefined;
  if (pinning !== undefined) pinProcess(process.pid, pinning.load);
  return { pinning, probe: await startProbe(pinning?.server), described: describeMachine(found) };
}

function describeMachine(found: FoundPinning): Results['machine'] {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${systemType()} ${release()}`,
    node: process.version,
    pinning: found.ok
      ? `servers on core ${found.pinning.server}, load on core ${found.pinning.load}`
      : `not pinned, so the figures are noisy: ${found.reason}`,
  };
}

const QUIET_WITHIN_MS = 10_000;
const QUIET_SHARE = 0.12;

/** Waits until other programs leave the cores alone, for at most ten seconds. */
export async function untilQuiet({ pinning }: Environment): Promise<void> {
  if (pinning === undefined || !canReadProcesses) return;
  const end = performance.now() + QUIET_WITHIN_MS;
  while (performance.now() < end) {
    const before = coreBusyMs(pinning.server);
    const start = performance.now();
    await wait(100);
    if ((coreBusyMs(pinning.server) - before) / (performance.now() - start) < QUIET_SHARE) return;
  }
}

import { closedLoop } from '../load/closed-loop.ts';
import { summarize } from '../load/latencies.ts';
import { prepareOperation } from '../load/operations.ts';
import { prepareSubject, type Subject } from '../load/subject.ts';
import { handlesOf, usageOf } from '../machine/process-tree.ts';
import type { Servers } from '../run/servers.ts';
import type { Target } from '../targets/target.ts';
import type { Period } from './steadiness.ts';

export interface Soak {
  readonly target: Target;
  readonly servers: Servers;
  readonly connections: number;
  readonly periods: number;
  /** The length of a period. */
  readonly ms: number;
  readonly onPeriod?: (period: Period, number: number) => void;
}

/** Runs whole flows against one server for a long time, and reads after each period what it uses. */
export async function measureSoak(soak: Soak): Promise<readonly Period[]> {
  const { target, servers, periods } = soak;
  const server = await servers.start(target);
  try {
    const subject = await prepareSubject(target, server, ['flow']);
    const measured: Period[] = [];
    for (let number = 1; number <= periods; number += 1) {
      const period = await measurePeriod(subject, soak);
      measured.push(period);
      soak.onPeriod?.(period, number);
    }
    return measured;
  } finally {
    await server.stop();
  }
}

async function measurePeriod(subject: Subject, { connections, ms }: Soak): Promise<Period> {
  const { server } = subject;
  const { run, close } = await prepareOperation(subject, 'flow', connections);
  const loop = await closedLoop({ workers: connections, ms, run, isServerGone: server.hasExited }).finally(
    close,
  );
  if (server.hasExited()) throw new Error('The server ended during the soak.');
  const processes = server.processes();
  return {
    flows: loop.count,
    errors: loop.errors,
    ...summarize(loop.latencies),
    memoryMiB: usageOf(processes).memory / 2 ** 20,
    handles: handlesOf(processes),
  };
}

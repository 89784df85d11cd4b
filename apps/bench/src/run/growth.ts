import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { closedLoop } from '../load/closed-loop.ts';
import { prepareOperation } from '../load/operations.ts';
import { prepareSubject, type Subject } from '../load/subject.ts';
import { usageOf } from '../machine/process-tree.ts';
import { REFERENCE } from '../targets/ceilings.ts';
import type { Operation, Target } from '../targets/target.ts';
import { measureSlice, rounded } from './measure-slice.ts';
import type { Growth, Slice } from './results.ts';
import { operationOf, recordProblem, type Run } from './run.ts';
import { pause, resume } from './servers.ts';

const OPERATIONS_THAT_GROW: readonly Operation[] = ['register', 'flow'];
const SEEDING_CONNECTIONS = 64;
/** Time for a server to write what it delays, before its memory and its disk are read. */
const SETTLE_MS = 2_000;

/** Measures registration and the whole flow at growing numbers of stored clients, each beside a slice of the reference. */
export async function measureGrowth(run: Run): Promise<void> {
  const reference = run.settings.targets.find(({ name }) => name === REFERENCE);
  for (const name of run.settings.growthTargets) {
    const target = run.settings.targets.find((one) => one.name === name);
    if (target === undefined || reference === undefined) continue;
    try {
      await growOne(run, target, reference);
    } catch (error) {
      recordProblem(run, `growth of ${name}`, error);
    }
    run.save(run.results);
  }
}

async function growOne(run: Run, target: Target, reference: Target): Promise<void> {
  const bare = await prepareSubject(reference, await run.servers.start(reference), []);
  pause(bare.server);
  const grown = await prepareSubject(target, await run.servers.start(target), OPERATIONS_THAT_GROW);
  await registerUntil(run, grown, 0, run.settings.warmMs);
  for (const point of run.settings.growthPoints) {
    await registerUntil(run, grown, point, 0);
    await wait(SETTLE_MS);
    const { memory } = usageOf(grown.server.processes());
    const row: Growth = {
      target: target.name,
      clients: grown.registered,
      ...(memory > 0 && { memoryMiB: rounded(memory / 2 ** 20) }),
      diskMiB: rounded(bytesIn(grown.server.folder) / 2 ** 20),
      slices: [],
    };
    for (let round = 0; round < run.settings.rounds * run.settings.slices; round += 1) {
      for (const operation of OPERATIONS_THAT_GROW) {
        row.slices.push(...(await measurePair(run, [bare, grown], operation, round)));
      }
    }
    run.results.growth.push(row);
    run.progress.line(
      `${target.name} with ${row.clients} clients: ${row.memoryMiB ?? '?'} MiB of memory, ${row.diskMiB} MiB on disk`,
    );
    run.save(run.results);
  }
  await run.servers.stop(grown.server);
  await run.servers.stop(bare.server);
}

/** One slice of each of the two, at the largest number of connections. */
async function measurePair(
  run: Run,
  subjects: readonly Subject[],
  comparedWith: Operation,
  round: number,
): Promise<readonly Slice[]> {
  const slices: Slice[] = [];
  const connections = Math.max(...run.settings.connections);
  for (const subject of subjects) {
    const operation = operationOf(subject.target, comparedWith);
    if (operation === undefined) continue;
    run.progress.now(`growth: ${comparedWith}, ${subject.target.name} with ${subject.registered} clients`);
    resume(subject.server);
    const request = { subject, operation, comparedWith, connections, round };
    slices.push(await measureSlice(run.environment, request, run.settings));
    pause(subject.server);
  }
  resume(subjects.at(-1)?.server ?? { processes: () => [] });
  return slices;
}

/** Registers clients until this many are stored, and for at least this long. */
async function registerUntil(run: Run, subject: Subject, clients: number, ms: number): Promise<void> {
  const prepared = await prepareOperation(subject, 'register', SEEDING_CONNECTIONS);
  const began = performance.now();
  try {
    while (subject.registered < clients || performance.now() - began < ms) {
      run.progress.now(`growth: ${subject.registered} of ${clients} clients`);
      const loop = await closedLoop({
        workers: SEEDING_CONNECTIONS,
        ms: 500,
        run: prepared.run,
        isServerGone: subject.server.hasExited,
      });
      if (loop.count === 0) throw new Error(`no registration succeeds: ${loop.firstError ?? 'no response'}`);
    }
  } finally {
    prepared.close();
  }
}

const bytesIn = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name !== 'server.log')
    .reduce((bytes, entry) => bytes + statSync(join(entry.parentPath, entry.name)).size, 0);

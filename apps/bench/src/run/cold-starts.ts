import { usageOf } from '../machine/process-tree.ts';
import type { Target } from '../targets/target.ts';
import { untilQuiet } from './environment.ts';
import { rounded } from './measure-slice.ts';
import { recordProblem, rotated, type Run } from './run.ts';

/**
 * Measures the time from the start of a process to its first metadata, with empty data. The servers take turns. The first
 * start of each is not counted: it fills the caches of files and of compiled code, as every start after an installation does.
 */
export async function measureColdStarts(run: Run): Promise<void> {
  const targets = run.settings.targets.filter(({ address }) => address === undefined);
  for (let start = 0; start <= run.settings.starts; start += 1) {
    for (const target of rotated(targets, start)) {
      run.progress.now(`start ${start} of ${run.settings.starts}: ${target.name}`);
      try {
        await startOnce(run, target, start);
      } catch (error) {
        recordProblem(run, `start of ${target.name}`, error);
      }
    }
  }
  run.save(run.results);
}

async function startOnce(
  { environment, servers, results, progress }: Run,
  target: Target,
  start: number,
): Promise<void> {
  await untilQuiet(environment);
  const before = await environment.probe.measure();
  const server = await servers.start(target);
  const { memory } = usageOf(server.processes());
  const probeMs = rounded((before + (await environment.probe.measure())) / 2);
  await servers.stop(server);
  if (start === 0) return;
  const memoryMiB = memory > 0 ? { memoryMiB: rounded(memory / 2 ** 20) } : {};
  results.coldStarts.push({
    target: target.name,
    round: start,
    ms: rounded(server.startMs),
    probeMs,
    ...memoryMiB,
  });
  progress.line(`start of ${target.name}: ${Math.round(server.startMs)} ms`);
}

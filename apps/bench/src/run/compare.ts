import { measureColdStarts } from './cold-starts.ts';
import { openEnvironment } from './environment.ts';
import { measureGrowth } from './growth.ts';
import { measureRound } from './measure-round.ts';
import type { Results } from './results.ts';
import type { CompareSettings, Run, RunContext } from './run.ts';
import { createServers } from './servers.ts';

/** Measures targets side by side, and returns everything that was measured. */
export async function compare(settings: CompareSettings, context: RunContext): Promise<Results> {
  const environment = await openEnvironment(settings.cores);
  const servers = createServers({ core: environment.pinning?.server });
  const stop = async (): Promise<void> => {
    await Promise.all([servers.stopAll(), environment.probe.close()]);
  };
  context.onStart?.(stop);
  const { ms, slices, rounds } = settings;
  const results: Results = {
    format: 1,
    startedAt: new Date().toISOString(),
    machine: environment.described,
    settings: { ms, slices, rounds },
    targets: settings.targets.map(({ name, storage, versions, notes }) => ({
      name,
      storage,
      versions: versions(),
      notes: [...notes],
    })),
    checks: {},
    slices: [],
    coldStarts: [],
    growth: [],
    problems: [],
  };
  const run: Run = { settings, environment, servers, results, ...context };
  context.progress.line(`${results.machine.processor}, ${results.machine.pinning}`);
  try {
    for (let round = 0; round < rounds && settings.operations.length > 0; round += 1) {
      await measureRound(run, round);
    }
    if (settings.starts > 0) await measureColdStarts(run);
    if (settings.growthPoints.length > 0) await measureGrowth(run);
    return results;
  } finally {
    await stop();
    context.save(results);
  }
}

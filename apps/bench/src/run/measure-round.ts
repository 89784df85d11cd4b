import { closedLoop } from '../load/closed-loop.ts';
import { prepareOperation } from '../load/operations.ts';
import { prepareSubject, type Subject } from '../load/subject.ts';
import { ALL_OPERATIONS, type Target } from '../targets/target.ts';
import { measureSlice } from './measure-slice.ts';
import { operationOf, recordProblem, rotated, type Run } from './run.ts';
import { pause, resume } from './servers.ts';

/** Starts every server, and measures each operation in slices that take turns between the servers. */
export async function measureRound(run: Run, round: number): Promise<void> {
  const { settings } = run;
  const subjects: Subject[] = [];
  for (const target of rotated(settings.targets, round)) {
    run.progress.now(`round ${round + 1} of ${settings.rounds}: starting ${target.name}`);
    const subject = await startSubject(run, target);
    if (subject !== undefined) subjects.push(subject);
  }
  for (const operation of settings.operations) {
    for (const connections of settings.connections) {
      for (let slice = 0; slice < settings.slices; slice += 1) {
        const number = round * settings.slices + slice;
        for (const subject of rotated(subjects, number)) {
          const runs = operationOf(subject.target, operation);
          if (runs !== undefined) {
            await measureInTurn(run, {
              subject,
              operation: runs,
              comparedWith: operation,
              connections,
              round: number,
            });
          }
        }
      }
    }
  }
  for (const { server } of subjects) await run.servers.stop(server);
  run.save(run.results);
}

/** Starts a server, signs people in, checks it, and uses it until it is compiled. It is paused afterwards. */
async function startSubject(run: Run, target: Target): Promise<Subject | undefined> {
  try {
    const server = await run.servers.start(target);
    try {
      const subject = await prepareSubject(target, server, run.settings.operations);
      if (subject.check !== undefined) run.results.checks[target.name] = subject.check;
      await warm(subject, run);
      pause(server);
      run.progress.line(`${target.name}: ready, started in ${Math.round(server.startMs)} ms`);
      return subject;
    } catch (error) {
      await run.servers.stop(server);
      throw error;
    }
  } catch (error) {
    recordProblem(run, target.name, error);
    return undefined;
  }
}

/** Uses each operation as it is measured: a runtime compiles what is used often, for many seconds. */
async function warm(subject: Subject, { settings, progress }: Run): Promise<void> {
  const connections = Math.max(...settings.connections);
  const operations = ALL_OPERATIONS.filter(
    (operation) => settings.operations.includes(operation) && subject.target.operations.includes(operation),
  );
  for (const operation of operations) {
    progress.now(`warming ${subject.target.name}: ${operation}`);
    const prepared = await prepareOperation(subject, operation, connections);
    const loop = await closedLoop({
      workers: connections,
      ms: settings.warmMs,
      run: prepared.run,
      isServerGone: subject.server.hasExited,
    });
    prepared.close();
    if (loop.count === 0 && settings.warmMs > 0) {
      throw new Error(`${operation} never succeeds: ${loop.firstError ?? ''}`);
    }
  }
}

async function measureInTurn(run: Run, request: Parameters<typeof measureSlice>[1]): Promise<void> {
  const { subject, comparedWith, connections, round } = request;
  const what = `${comparedWith} at ${connections} connections, ${subject.target.name}`;
  run.progress.now(`slice ${round + 1} of ${run.settings.rounds * run.settings.slices}: ${what}`);
  resume(subject.server);
  try {
    const slice = await measureSlice(run.environment, request, run.settings);
    run.results.slices.push(slice);
    run.save(run.results);
    const errors = slice.errors === 0 ? '' : `, ${slice.errors} errors: ${slice.firstError ?? ''}`;
    const disturbed = slice.isDisturbed ? ', disturbed' : '';
    run.progress.line(`${what}: ${slice.perSecond}/s, p50 ${slice.p50} ms${disturbed}${errors}`);
  } catch (error) {
    recordProblem(run, what, error);
  } finally {
    pause(subject.server);
  }
}

import { type Profiler, Session } from 'node:inspector/promises';

/** The work of an action, counted and not timed. */
export interface Work {
  /** How many blocks of JavaScript ran in this process: bodies of functions, branches and loops. */
  readonly blocks: number;
  /**
   * The regular expressions that ran over more than 1,000 characters, each once. The characters that they read cannot be
   * counted. Whether that number is linear in the length can be determined from the expression.
   */
  readonly expressions: readonly RegExp[];
}

const LONG = 1_000;

// Only functions that are compiled from here on count their blocks, which happens at their first call.
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/** Counts the work of this process during an action. */
export async function workOf(action: () => Promise<unknown>): Promise<Work> {
  const watch = watchExpressions();
  try {
    await session.post('Profiler.takePreciseCoverage');
    await action();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return { blocks: result.reduce((sum, script) => sum + blocksIn(script), 0), expressions: watch.seen() };
  } finally {
    watch.stop();
  }
}

const blocksIn = ({ functions }: Profiler.ScriptCoverage): number =>
  functions.flatMap(({ ranges }) => ranges).reduce((sum, { count }) => sum + count, 0);

/** Every method of strings and of expressions that runs an expression calls its `exec`, if that is not the built-in one. */
function watchExpressions(): { seen(): readonly RegExp[]; stop(): void } {
  const builtIn = RegExp.prototype.exec;
  const seen = new Map<string, RegExp>();
  function watched(this: RegExp, text: string): RegExpExecArray | null {
    if (text.length > LONG) {
      // `split` runs a sticky copy of the expression.
      const written = new RegExp(this.source, this.flags.replace('y', ''));
      seen.set(String(written), written);
    }
    return builtIn.call(this, text);
  }
  Reflect.set(RegExp.prototype, 'exec', watched);
  return {
    seen: () => [...seen.values()],
    stop: () => void Reflect.set(RegExp.prototype, 'exec', builtIn),
  };
}

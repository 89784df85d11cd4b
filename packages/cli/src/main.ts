import { createProgram } from './program.ts';
import { runProgram } from './run.ts';
import { processContext } from './context/process-context.ts';

/** Runs the command line in this process with the given arguments. */
export async function main(args: readonly string[]): Promise<void> {
  const context = processContext();
  await runProgram(createProgram(context), args, context);
}

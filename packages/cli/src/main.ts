import { createProgram } from './program.ts';
import { runProgram } from './run.ts';
import { processSurroundings } from './context/process-context.ts';

/** The command line, with what stands behind the command's name. */
export async function main(args: readonly string[]): Promise<void> {
  const surroundings = processSurroundings();
  await runProgram(createProgram(surroundings), args, surroundings);
}

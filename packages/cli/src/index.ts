export { main } from './main.ts';
export { createProgram } from './program.ts';
export { WrongUsage } from './options/wrong-usage.ts';
export { runProgram } from './run.ts';
export { processContext } from './context/process-context.ts';
export type { ExitCode, Input, Output, CommandContext } from './context/command-context.ts';

export { type JsonText, readJson } from './options/read-json.ts';
export { main } from './main.ts';
export { harmlessJson } from './output/harmless.ts';
export { createProgram } from './program.ts';
export { WrongUsage } from './options/wrong-usage.ts';
export { runProgram } from './run.ts';
export { unlessBrokenPipe } from './context/broken-pipe.ts';
export { processContext } from './context/process-context.ts';
export type { ExitCode, Input, Output, CommandContext } from './context/command-context.ts';

export { unlessBrokenPipe } from './context/broken-pipe.ts';
export type { CommandContext, ExitCode, Input, Output } from './context/command-context.ts';
export { processContext } from './context/process-context.ts';
export { type JsonText, readJson } from './options/read-json.ts';
export { harmlessJson } from './output/harmless.ts';
export { reportRefused } from './report-refused.ts';

export { type Database, databaseRefused, openDatabase } from './database/database.ts';
export { keyFileOf } from './database/key-file.ts';
export {
  type DatabaseLocation,
  type DatabaseUrl,
  describeLocation,
  readDatabaseUrl,
} from './database/location.ts';
export { type JsonText, readJson } from './options/read-json.ts';
export { main } from './main.ts';
export { harmlessJson } from './output/harmless.ts';
export { createProgram } from './program.ts';
export { reasonOf } from './errors/reason.ts';
export { Refused, WrongUsage } from './errors/refused.ts';
export { withoutSecrets } from './errors/without-secrets.ts';
export { runProgram } from './run.ts';
export { unlessBrokenPipe } from './context/broken-pipe.ts';
export { inWords, problemLine } from './settings/schema-in-words.ts';
export { keySet, settingsSchema, text } from './settings/settings-schema.ts';
export { processContext } from './context/process-context.ts';
export type { ExitCode, Input, Output, CommandContext } from './context/command-context.ts';

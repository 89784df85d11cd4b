export { type Database, databaseRefused, openDatabase } from './database/database.ts';
export { keyFileOf } from './database/key-file.ts';
export {
  type DatabaseLocation,
  type DatabaseUrl,
  describeLocation,
  readDatabaseUrl,
} from './database/location.ts';
export { type JsonText, readJson } from './json/read-json.ts';
export { main } from './main.ts';
export { harmlessJson } from './output/harmless.ts';
export { createProgram } from './program.ts';
export { reasonOf } from './refused/reason.ts';
export { Refused, WrongUsage } from './refused/refused.ts';
export { withoutSecrets } from './refused/without-secrets.ts';
export { runProgram } from './run.ts';
export { unlessBrokenPipe } from './surroundings/broken-pipe.ts';
export { inWords, problemLine } from './schema/in-words.ts';
export { keySet, settingsSchema, text } from './settings/schema.ts';
export { processSurroundings } from './surroundings/process.ts';
export type { ExitCode, Input, Screen, Surroundings } from './surroundings/surroundings.ts';

export { type Database, databaseRefused, openDatabase, type OpenDatabaseOptions } from './open-database.ts';
export { keyFileOf } from './key-file.ts';
export { type DatabaseLocation, type DatabaseUrl, describeLocation, readDatabaseUrl } from './location.ts';
export { reasonOf } from './reason.ts';
export { Refused } from './refused.ts';
export { withoutSecrets, withoutSecretsOf } from './without-secrets.ts';

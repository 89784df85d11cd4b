/** What the project is. */
export type ProjectKind = 'server' | 'registration';

/** Where the project stores its data. */
export type DatabaseKind = 'sqlite' | 'postgres';

/** What was answered to the questions. */
export interface Answers {
  /** The folder to create. */
  readonly folder: string;
  readonly kind: ProjectKind;
  readonly database: DatabaseKind;
  /** The name of the API, for people. */
  readonly apiName: string;
  /** The URL of the API. Absent: a sample MCP server in the project. */
  readonly apiUrl?: string;
}

/** Fills in what was not answered: the whole server, on SQLite, with a sample API. */
export const withDefaults = (known: Partial<Answers>): Answers => ({
  folder: 'my-vestibule',
  kind: 'server',
  database: 'sqlite',
  apiName: apiNameFor(known.apiUrl),
  ...known,
});

/** The proposed name of an API: its host, as people know it. */
function apiNameFor(url: string | undefined): string {
  const host = url === undefined ? 'Notes' : (URL.parse(url)?.hostname ?? '');
  return apiNameProblem(host) === undefined ? host : 'API';
}

/** What is wrong with the URL of an API, if anything: the resource indicator of RFC 8707. */
export function apiUrlProblem(value: string): string | undefined {
  const url = URL.parse(value);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return 'The URL of an API begins with https://, such as https://notes.example/mcp.';
  }
  if (url.hash !== '' || value.includes('#')) return 'The URL of an API must not have a fragment (#…).';
  if (url.username !== '' || url.password !== '') return 'The URL of an API must not contain a password.';
  const isLocal = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  return url.protocol === 'http:' && !isLocal
    ? 'The URL of an API begins with https:// unless it is on this computer.'
    : undefined;
}

/** What is wrong with the name of an API, if anything. */
export function apiNameProblem(value: string): string | undefined {
  if (apiIdOf(value) === '') return 'The name needs at least one letter from a to z or a digit.';
  if (value.length > 60) return 'The name can have 60 characters at most.';
  return /^[\p{L}\p{N} ._-]+$/u.test(value)
    ? undefined
    : 'The name can contain letters, digits, spaces, and . _ - only.';
}

/** What is wrong with the name of a folder, if anything. */
export const folderProblem = (value: string): string | undefined =>
  value.trim() === '' ? 'Name the folder to create.' : undefined;

/** The id of an API, and the prefix of its scopes. */
export const apiIdOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .join('-');

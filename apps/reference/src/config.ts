import { type DatabaseLocation, readDatabaseUrl, Refused, withoutSecrets } from '@vestibule/cli';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** How the reference app is run: everything it takes from the environment. */
export interface Config {
  /** `PORT`: where it listens. @default 4000 */
  readonly port: number;
  /** `HOST`: the address it listens on. @default this computer alone for a loopback issuer, else every address */
  readonly host?: string | undefined;
  /** `ISSUER`: what the world calls it; every address is made from it. @default `http://localhost:${PORT}` */
  readonly issuer: string;
  /** `DATABASE_URL`: where the data is. @default `sqlite:./vestibule.db` */
  readonly database: DatabaseLocation;
  /** `DATABASE_CONNECTIONS`: to a PostgreSQL database, at most. @default 10 */
  readonly databaseConnections: number;
  /** `SEED`: JSON files, parted by commas, that each describe a realm, for when there is none of its id. @default none */
  readonly seeds: readonly string[];
  /** `LOG_LEVEL` @default `info` */
  readonly logLevel: LogLevel;
  /**
   * `OPERATOR_TOKEN`: what an operator's programs show, as a bearer token, for previews and metrics.
   *
   * @default none: nobody gets them
   */
  readonly operatorToken?: string | undefined;
  /**
   * `KEY_ENCRYPTION_KEY`, or the file that `KEY_ENCRYPTION_KEY_FILE` names: what signing keys are encrypted with in the
   * database, 32 random bytes in base64url; several parted by commas, of which the first encrypts.
   *
   * @default a file beside a SQLite database, made at the first start; for PostgreSQL none: they are kept plain
   */
  readonly keyEncryption: KeyEncryption;
  /** `TRUST_PROXY`: whose `X-Forwarded-For` is believed; a number of proxies, or their addresses. @default nobody's */
  readonly trustProxy: string | number | false;
}

export type KeyEncryption =
  | { readonly from: 'environment'; readonly secrets: readonly string[] }
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'default' };

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether an issuer can be reached from this computer alone. */
export const isLoopback = (issuer: string): boolean => LOOPBACK_HOSTS.has(new URL(issuer).hostname);

/** What the app is called where nobody said: this computer alone can reach it. */
export const defaultIssuer = (port: number): string => new URL(`http://localhost:${port}`).origin;

const COUNT = /^\d+$/;
const PROXY_NAMES: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal']);

const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .int({ error: 'must be a whole number' })
    .min(min, { error: `must be at least ${min}` })
    .max(max, { error: `must be at most ${max}` });

const environment = z.object({
  PORT: wholeNumber(1, 65_535).default(4000),
  HOST: z.string().optional(),
  ISSUER: z
    .string()
    .transform((issuer) => issuer.replace(/(?<!\/)\/+$/, ''))
    .superRefine((issuer, context) => {
      const problem = issuerProblem(issuer);
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
    })
    .optional(),
  DATABASE_URL: z
    .string()
    .transform((url, context) => {
      const read = readDatabaseUrl(url);
      if (read.ok) return read.location;
      context.addIssue({ code: 'custom', message: read.problem });
      return z.NEVER;
    })
    .default({ kind: 'sqlite', path: './vestibule.db' }),
  DATABASE_CONNECTIONS: wholeNumber(1, 1_000).default(10),
  SEED: z
    .string()
    .refine((files) => !/^\s*[{[]/.test(files), {
      error: 'must name a file. What stands there looks like the seed itself: put it into a file',
    })
    .transform((files) =>
      files
        .split(',')
        .map((file) => file.trim())
        .filter((file) => file !== ''),
    )
    .default([]),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  OPERATOR_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9\-._~+/]{32,}=*$/, {
      error: 'must be 32 characters or more that a bearer token may hold; openssl rand -hex 32 makes one',
    })
    .optional(),
  KEY_ENCRYPTION_KEY: z.string().optional(),
  KEY_ENCRYPTION_KEY_FILE: z
    .string()
    .refine((path) => !isSecret(path), {
      error:
        'must name a file. What stands there looks like the secret itself: put it into KEY_ENCRYPTION_KEY',
    })
    .optional(),
  TRUST_PROXY: z
    .string()
    .refine(isProxies, {
      error: 'must be how many proxies there are (1), or their addresses (10.0.0.0/8, loopback)',
    })
    .transform((value) => (COUNT.test(value) ? Number(value) : value))
    .optional(),
});

/**
 * Reads the environment. An empty variable counts as one that is not set.
 *
 * @throws Refused that names every variable which is wrong
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path: [name = ''], message }) =>
        `${String(name)}=${printable(String(name), set[String(name)] ?? '')}${message}`,
    );
    throw new Refused(problems.join('\n'));
  }
  const { PORT, HOST, ISSUER, DATABASE_URL, DATABASE_CONNECTIONS, SEED, LOG_LEVEL } = parsed.data;
  const { OPERATOR_TOKEN, TRUST_PROXY, KEY_ENCRYPTION_KEY, KEY_ENCRYPTION_KEY_FILE } = parsed.data;
  return {
    port: PORT,
    host: HOST,
    issuer: ISSUER ?? defaultIssuer(PORT),
    database: DATABASE_URL,
    databaseConnections: DATABASE_CONNECTIONS,
    seeds: SEED,
    logLevel: LOG_LEVEL,
    operatorToken: OPERATOR_TOKEN,
    keyEncryption: keyEncryption(KEY_ENCRYPTION_KEY, KEY_ENCRYPTION_KEY_FILE),
    trustProxy: TRUST_PROXY ?? false,
  };
}

function keyEncryption(secrets: string | undefined, path: string | undefined): KeyEncryption {
  if (secrets !== undefined) return { from: 'environment', secrets: secretsIn(secrets) };
  return path === undefined ? { from: 'default' } : { from: 'file', path };
}

/** Whether a text is nothing but secrets that encrypt keys: 32 bytes in base64url each. */
const isSecret = (text: string): boolean => {
  const secrets = secretsIn(text);
  return secrets.length > 0 && secrets.every((secret) => /^[\w-]{43}=?$/.test(secret));
};

/** Several may stand there: the first encrypts, and what the others encrypted can still be read. */
export const secretsIn = (text: string): readonly string[] =>
  text.split(/[\s,]+/).filter((secret) => secret !== '');

/** Variables whose value is a secret, or is one where somebody took one variable for another. */
const MAY_BE_SECRET: ReadonlySet<string> = new Set([
  'OPERATOR_TOKEN',
  'SEED',
  'KEY_ENCRYPTION_KEY',
  'KEY_ENCRYPTION_KEY_FILE',
]);

/** A value as it may be printed before what is wrong with it. What is wrong with a database URL names it already. */
function printable(name: string, value: string): string {
  if (name === 'DATABASE_URL') return '';
  return MAY_BE_SECRET.has(name) ? '… ' : `${withoutSecrets(value)} `;
}

/** What Express takes for the proxies to trust. */
function isProxies(value: string): boolean {
  const isOne = (text: string): boolean =>
    PROXY_NAMES.has(text) || ipaddr.isValid(text) || ipaddr.isValidCIDR(text);
  return COUNT.test(value) || value.split(',').every((one) => isOne(one.trim()));
}

/** What is wrong with an issuer (RFC 8414 §2): https, no query, no fragment. Plain http is for this computer alone. */
export function issuerProblem(issuer: string): string | undefined {
  const url = URL.parse(issuer);
  if (url === null) return 'must be a URL, such as https://id.example';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(issuer))) {
    return 'must begin with https:// (http:// is for localhost, 127.0.0.1 and [::1])';
  }
  const plain = `${url.origin}${url.pathname === '/' ? '' : url.pathname}`;
  return plain === issuer ? undefined : `must be written plainly: ${plain}`;
}

import type { GuardedFetch } from '@vestibule/cimd';
import { issuerProblem } from '@vestibule/core/realm';
import { type DatabaseLocation, readDatabaseUrl, Refused, withoutSecrets } from '@vestibule/database';
import ipaddr from 'ipaddr.js';
import * as z from 'zod';
import { isNetwork, networksIn } from './networks.ts';
import { type KeyEncryption, secretsIn } from '../keys/key-encryption.ts';
import { lazyGuardedFetch } from '../lazy-guarded-fetch.ts';
import { readUpstream, type UpstreamConfig } from './read-upstream.ts';
import { type Variables, withSecretFiles } from './secret-files.ts';
import type { SettingNames } from '../setting-names.ts';
import type { UpstreamVariable, VariableName } from './variables.ts';

/** The configuration of a server, read from environment variables. */
export interface Config {
  /** `PORT`: the port to listen on. @default 4000 */
  readonly port: number;
  /** `HOST`: the address to listen on. @default loopback addresses for a loopback issuer, otherwise all addresses */
  readonly host?: string | undefined;
  /** `ISSUER`: the issuer of the main realm, from which every URL is built. @default `http://localhost:${PORT}` */
  readonly issuer: string;
  /** `DATABASE_URL`: the location of the data. @default `sqlite:./vestibule.db` */
  readonly database: DatabaseLocation;
  /** `DATABASE_CONNECTIONS`: the maximum number of connections to PostgreSQL. @default 10 */
  readonly databaseConnections: number;
  /** `SEED`: comma-separated JSON files, each of which describes a realm to create if it does not exist. @default none */
  readonly seeds: readonly string[];
  /** `LOG_LEVEL` @default `info` */
  readonly logLevel: LogLevel;
  /**
   * `OPERATOR_TOKEN`: the bearer token that an operator's programs present for previews and metrics.
   *
   * @default none: previews and metrics are off
   */
  readonly operatorToken?: string | undefined;
  /**
   * `KEY_ENCRYPTION_KEY`, or the file that `KEY_ENCRYPTION_KEY_FILE` names: the secret that encrypts signing keys in
   * the database: 32 random bytes in base64url. Of several comma-separated secrets the first encrypts; all decrypt.
   *
   * @default a file beside a SQLite database, created at the first start; for PostgreSQL none: keys are stored unencrypted
   */
  readonly keyEncryption: KeyEncryption;
  /** `TRUST_PROXY`: proxies whose `X-Forwarded-For` is trusted, as a number or as addresses. @default none */
  readonly trustProxy: string | number | false;
  /**
   * `FETCH_ALLOW`: comma-separated networks inside which keys may be fetched, from the `jwksUri` of pre-registered clients and of
   * statement issuers, and in which the OpenID provider may be. Documents of strangers are not fetched from there. @default none: only public addresses
   */
  readonly fetchAllow?: readonly string[];
  /**
   * `UPSTREAM_ISSUER`, `UPSTREAM_CLIENT_ID`, `UPSTREAM_CLIENT_SECRET` and others: the OpenID provider at which people sign in.
   *
   * @default none: they sign in with the passwords in the database
   */
  readonly upstream?: UpstreamConfig;
}

/** The names of the variables in messages. */
export const VARIABLE_NAMES: SettingNames = {
  database: 'DATABASE_URL',
  realms: 'SEED',
  port: 'PORT',
  host: 'HOST',
  trustProxy: 'TRUST_PROXY',
  keySecrets: 'KEY_ENCRYPTION_KEY',
  keyFile: 'KEY_ENCRYPTION_KEY_FILE',
  assign: '=',
  useIssuer: (issuer, used) => {
    const [port, usedPort] = [issuer, used].map((one) => URL.parse(one)?.port ?? '');
    const isDefault = issuer === defaultIssuer(Number(port)) && used === defaultIssuer(Number(usedPort));
    return isDefault ? `PORT=${port}` : `ISSUER=${issuer}`;
  },
};

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
/** How much is logged, from `silent` to `trace`. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The issuer if `ISSUER` is not set; only this computer can reach it. */
export const defaultIssuer = (port: number): string => new URL(`http://localhost:${port}`).origin;

const COUNT = /^\d+$/;
const PROXY_NAMES: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal']);

const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .int({ error: 'must be a whole number' })
    .min(min, { error: `must be at least ${min}` })
    .max(max, { error: `must be at most ${max}` });

const networks = z
  .string()
  .transform(networksIn)
  .refine((list) => list.every(isNetwork), {
    error: 'must be networks, comma-separated, such as 10.0.0.0/8 or fd00::/8',
  })
  .default([]);

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
      error:
        'must name a file, but it looks like the seed itself. Save the seed to a file and set SEED to its path',
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
      error:
        'must be 32 characters or more that are allowed in a bearer token. Generate one with openssl rand -hex 32',
    })
    .optional(),
  KEY_ENCRYPTION_KEY: z.string().optional(),
  KEY_ENCRYPTION_KEY_FILE: z
    .string()
    .refine((path) => !isSecret(path), {
      error:
        'must name a file, but it looks like the secret itself. Set KEY_ENCRYPTION_KEY to the secret instead',
    })
    .optional(),
  TRUST_PROXY: z
    .string()
    .refine(isProxies, {
      error: 'must be the number of proxies (1) or their addresses (10.0.0.0/8, loopback)',
    })
    .transform((value) => (COUNT.test(value) ? Number(value) : value))
    .optional(),
  FETCH_ALLOW: networks,
} satisfies Record<Exclude<VariableName, UpstreamVariable>, z.ZodType>);

/**
 * Reads the configuration from environment variables. An empty variable counts as unset. Secrets can be in files: see
 * {@link withSecretFiles}.
 *
 * @param defaults the values of variables that are not set @default none: see {@link Config}
 * @throws Refused with a list of all invalid variables
 * @example
 * const { port, issuer } = readConfig(process.env);
 */
export function readConfig(env: Variables, defaults: Variables = {}): Config {
  const isSet = ([, value]: [string, string | undefined]): boolean => value !== undefined && value !== '';
  const set = { ...defaults, ...Object.fromEntries(Object.entries(withSecretFiles(env)).filter(isSet)) };
  const parsed = environment.safeParse(set, { jitless: true });
  const read = readUpstream(set);
  if (!parsed.success || !read.ok) {
    const problems = (parsed.error?.issues ?? []).map(({ path: [name = ''], message }) =>
      problemLine(String(name), set[String(name)], message),
    );
    throw new Refused([...problems, ...(read.ok ? [] : read.problems)].join('\n'));
  }
  const { PORT, HOST, ISSUER, DATABASE_URL, DATABASE_CONNECTIONS, SEED, LOG_LEVEL } = parsed.data;
  const { OPERATOR_TOKEN, TRUST_PROXY, KEY_ENCRYPTION_KEY, KEY_ENCRYPTION_KEY_FILE, FETCH_ALLOW } =
    parsed.data;
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
    fetchAllow: FETCH_ALLOW,
    ...(read.upstream !== undefined && { upstream: read.upstream }),
  };
}

/**
 * What fetches keys from other hosts, with the networks of `FETCH_ALLOW`.
 *
 * @throws Refused if the variable is invalid
 */
export function readGuardedFetch(env: Variables): GuardedFetch {
  const name = 'FETCH_ALLOW';
  const text = env[name] || undefined;
  const parsed = networks.safeParse(text, { jitless: true });
  if (parsed.success) return lazyGuardedFetch({ allowOperators: parsed.data });
  throw new Refused(problemLine(name, text, parsed.error.issues[0]?.message ?? 'is invalid'));
}

/** Where the secret is that encrypts keys in the database, as in {@link Config}. */
export const readKeyEncryption = (env: Variables): KeyEncryption =>
  keyEncryption(env['KEY_ENCRYPTION_KEY'] || undefined, env['KEY_ENCRYPTION_KEY_FILE'] || undefined);

function keyEncryption(secrets: string | undefined, path: string | undefined): KeyEncryption {
  if (secrets !== undefined) return { from: 'secrets', secrets: secretsIn(secrets) };
  return path === undefined ? { from: 'default' } : { from: 'file', path };
}

/** Whether a text consists of key encryption secrets only: 32 bytes in base64url each. */
const isSecret = (text: string): boolean => {
  const secrets = secretsIn(text);
  return secrets.length > 0 && secrets.every((secret) => /^[\w-]{43}=?$/.test(secret));
};

const problemLine = (name: string, value: string | undefined, problem: string): string =>
  `${name}=${printable(name, value ?? '')}${problem}`;

/** Variables whose value is a secret, or may be one by mistake. */
const MAY_BE_SECRET: ReadonlySet<string> = new Set([
  'OPERATOR_TOKEN',
  'SEED',
  'KEY_ENCRYPTION_KEY',
  'KEY_ENCRYPTION_KEY_FILE',
]);

/** The printable form of a value, for an error message. Errors of a database URL contain it already. */
function printable(name: string, value: string): string {
  if (name === 'DATABASE_URL') return '';
  return MAY_BE_SECRET.has(name) ? '… ' : `${withoutSecrets(value)} `;
}

/** Whether Express accepts a value for the setting `trust proxy`. */
function isProxies(value: string): boolean {
  const isOne = (text: string): boolean =>
    PROXY_NAMES.has(text) || ipaddr.isValid(text) || ipaddr.isValidCIDR(text);
  return COUNT.test(value) || value.split(',').every((one) => isOne(one.trim()));
}

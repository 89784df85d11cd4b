/** How an error is recognized, by its code or by words of its message, and the setting that helps. */
type Case = readonly [known: string | RegExp, advice: string];

const POOLER =
  'A pooler stands in between. PgBouncer needs ignore_startup_parameters = statement_timeout, idle_in_transaction_session_timeout, options; give the role those settings then: ALTER ROLE … SET statement_timeout = 10000.';
const PREPARED =
  'A pooler stands in between. PgBouncer in transaction mode needs max_prepared_statements above 0, or use session mode.';
const PRIVATE_CA =
  'Name the authority that signed the server’s certificate at the end of the address: ?sslmode=verify-full&sslrootcert=/path/to/ca.pem';
const NO_RIGHTS =
  'The user needs rights on the schema and on its tables: GRANT USAGE, CREATE ON SCHEMA public TO the user, and ownership of the tables, which belong to the user that first started here.';

/** The most specific first: the first match counts. */
const CASES: readonly Case[] = [
  [/^unsupported startup parameter/, POOLER],
  ['26000', PREPARED],
  ['42P05', PREPARED],
  ['SELF_SIGNED_CERT_IN_CHAIN', PRIVATE_CA],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', PRIVATE_CA],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', PRIVATE_CA],
  ['UNABLE_TO_GET_ISSUER_CERT', PRIVATE_CA],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', PRIVATE_CA],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'The certificate is for another name: use the host name in it in the address.',
  ],
  ['CERT_HAS_EXPIRED', 'The server’s certificate has expired: renew it on the server.'],
  [/^The server does not support SSL/, 'Leave sslmode out of the address, or turn ssl on in the server.'],
  [/no pg_hba\.conf entry .*no encryption/, 'The server wants TLS: add ?sslmode=verify-full to the address.'],
  [/no pg_hba\.conf entry/, 'Let this host, user and database in, in the server’s pg_hba.conf.'],
  ['42501', NO_RIGHTS],
  ['3D000', "Create the database first: CREATE DATABASE … ENCODING 'UTF8'."],
  [
    '28P01',
    'Look at user and password in the address; reserved characters in them are percent-encoded (/ is %2F, % is %25).',
  ],
  ['53300', 'Have each process open fewer connections, or raise max_connections in the server.'],
  [
    /^connect (?:ENOENT|EACCES) /,
    'The folder of the server’s socket is what SHOW unix_socket_directories says there; its port is in the file’s name.',
  ],
];

/** The setting that helps with an error of the driver or the server; `undefined` if none is known. */
export function adviceOn(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? error.code : undefined;
  return CASES.find(([known]) =>
    typeof known === 'string' ? known === code : known.test(error.message),
  )?.[1];
}

/** Adds the setting that helps to an error, as the `hint` that PostgreSQL also uses. */
export function withAdvice(error: unknown): unknown {
  const hint = adviceOn(error);
  return hint === undefined || !(error instanceof Error) ? error : Object.assign(error, { hint });
}

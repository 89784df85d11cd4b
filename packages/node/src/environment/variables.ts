/** An environment variable of a server. */
export interface VariableDescription {
  /** What it sets. */
  readonly meaning: string;
  /** What counts if it is not set. */
  readonly byDefault: string;
  /** A value, as it is written. Absent: a value depends on the installation, or is a secret. */
  readonly example?: string;
}

/** A variable that {@link readConfig} reads. */
export type VariableName =
  | 'PORT'
  | 'HOST'
  | 'ISSUER'
  | 'TRUST_PROXY'
  | 'LOG_LEVEL'
  | 'DATABASE_URL'
  | 'DATABASE_CONNECTIONS'
  | 'SEED'
  | 'OPERATOR_TOKEN'
  | 'KEY_ENCRYPTION_KEY'
  | 'KEY_ENCRYPTION_KEY_FILE'
  | 'FETCH_ALLOW'
  | UpstreamVariable;

/** A variable for sign-in at an OpenID provider. */
export type UpstreamVariable =
  | 'UPSTREAM_ISSUER'
  | 'UPSTREAM_CLIENT_ID'
  | 'UPSTREAM_CLIENT_SECRET'
  | 'UPSTREAM_PRESET'
  | 'UPSTREAM_NAME'
  | 'UPSTREAM_SCOPES'
  | 'UPSTREAM_REQUIRED_CLAIMS'
  | 'UPSTREAM_GROUPS_CLAIM';

/** Every environment variable of a server, in the order in which people read about them. An empty one counts as not set. */
export const VARIABLES: Readonly<Record<VariableName, VariableDescription>> = {
  PORT: { meaning: 'The port to listen on.', byDefault: '`4000`', example: '4000' },
  HOST: {
    meaning: 'The address to listen on.',
    byDefault: 'Loopback addresses for a loopback issuer, otherwise all addresses.',
    example: '127.0.0.1',
  },
  ISSUER: {
    meaning:
      'The issuer of the main realm, from which every URL is built: `https://`, or `http://` on a loopback host. It is never taken from a request.',
    byDefault: '`http://localhost:PORT`, which only this computer can reach.',
    example: 'https://id.example',
  },
  TRUST_PROXY: {
    meaning:
      'The proxies whose `X-Forwarded-For` is trusted, as a number or as addresses. Behind a proxy without it, all clients share the limits of one address. Addresses are better: a number trusts any host that reaches the port.',
    byDefault: 'None.',
    example: '10.0.0.0/8',
  },
  LOG_LEVEL: {
    meaning:
      'How much is logged: `silent`, `fatal`, `error`, `warn`, `info`, `debug` or `trace`. Logs are JSON lines on standard error.',
    byDefault: '`info`',
    example: 'warn',
  },
  DATABASE_URL: {
    meaning:
      'The location of the data: a SQLite file, or a PostgreSQL database for several nodes. The commands of `vestibule` read it as well.',
    byDefault: '`sqlite:./vestibule.db`',
    example: 'postgres://vestibule@db.example/vestibule',
  },
  DATABASE_CONNECTIONS: {
    meaning: 'The largest number of connections of this process to PostgreSQL.',
    byDefault: '`10`',
    example: '20',
  },
  SEED: {
    meaning:
      'Comma-separated JSON files, each of which describes a realm to create if it does not exist. A realm that exists is not changed: use `vestibule apply`.',
    byDefault: 'None: an empty realm with closed gates is served.',
    example: './realm.json',
  },
  OPERATOR_TOKEN: {
    meaning:
      'The bearer token that programs of an operator present for previews and metrics: 32 characters or more. Generate one with `openssl rand -hex 32`.',
    byDefault: 'None: previews and metrics are off.',
  },
  KEY_ENCRYPTION_KEY: {
    meaning:
      'The secret that encrypts signing keys in the database: 32 random bytes in base64url. Of several comma-separated secrets the first encrypts, and all decrypt.',
    byDefault:
      'For SQLite a file beside the database, created at the first start. For PostgreSQL none: keys are stored unencrypted.',
  },
  KEY_ENCRYPTION_KEY_FILE: {
    meaning: 'A file with the secret of `KEY_ENCRYPTION_KEY`, instead of that variable.',
    byDefault: 'None.',
    example: '/run/secrets/key-encryption-key',
  },
  FETCH_ALLOW: {
    meaning:
      'Comma-separated networks that are not public, in which the `jwksUri` of pre-registered clients and of statement issuers, and the OpenID provider, may be. Documents of strangers are not fetched from there.',
    byDefault: 'None: only public addresses.',
    example: '10.0.0.0/8',
  },
  UPSTREAM_ISSUER: {
    meaning:
      'The issuer identifier of the OpenID provider at which people sign in, as its metadata names it.',
    byDefault: 'None: people sign in with passwords in the database.',
    example: 'https://login.example',
  },
  UPSTREAM_CLIENT_ID: {
    meaning: 'The client that was registered at the provider. Required with `UPSTREAM_ISSUER`.',
    byDefault: 'None.',
    example: 'vestibule',
  },
  UPSTREAM_CLIENT_SECRET: {
    meaning: 'The secret of that client. Required with `UPSTREAM_ISSUER`.',
    byDefault: 'None.',
  },
  UPSTREAM_PRESET: {
    meaning: 'The kind of provider, which sets what differs between them.',
    byDefault: '`openid`',
    example: 'keycloak',
  },
  UPSTREAM_NAME: {
    meaning: 'What people call the provider, on the pages.',
    byDefault: 'The host of the issuer.',
    example: 'Acme login',
  },
  UPSTREAM_SCOPES: {
    meaning: 'The scopes that are requested from the provider, separated by spaces.',
    byDefault: 'Those of the preset.',
    example: 'openid profile email',
  },
  UPSTREAM_REQUIRED_CLAIMS: {
    meaning:
      'Who may sign in: comma-separated claims with their accepted values, which are separated by `|`.',
    byDefault: 'Everyone whom the provider signs in.',
    example: 'groups=agents|admins,hd=acme.example',
  },
  UPSTREAM_GROUPS_CLAIM: {
    meaning: 'The claim with the groups of a person, or as a JSON list the path to it.',
    byDefault: 'No groups are read.',
    example: '["realm_access","roles"]',
  },
};

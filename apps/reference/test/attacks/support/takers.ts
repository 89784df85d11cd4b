import { type JWK, SignJWT } from 'jose';
import { type Addresses, NO_WAIT, OPEN_SEED, type SeedFile, type TestApp } from '../../support/app.ts';
import { register, token } from '../../support/oauth.ts';
import { apiSecret, introspect } from './api.ts';
import { newClient } from './client.ts';
import { newKey, type OwnKey } from './jwt.ts';

/** Somewhere that a JWT is taken from a stranger. */
export interface Taker {
  /** One that it takes. */
  real(app: TestApp): Promise<string>;
  /** The key that it checks with, as everybody may have it. */
  publicJwk(app: TestApp): Promise<JWK>;
  /** What it answers to one. */
  status(app: TestApp, jwt: string): Promise<number>;
  readonly taken: number;
  readonly refused: number;
}

const VOUCHER = 'https://vouch.example';
const voucher = await newKey();

/** A client that an operator made, with a key of its own. */
export const OPERATORS_CLIENT = 'acme-mail';
export const clientKey: OwnKey = await newKey();

/** The open realm, which trusts somebody who vouches for software, and has a client that authenticates. */
export const TRUSTING_SEED: SeedFile = {
  ...OPEN_SEED,
  realm: {
    ...OPEN_SEED.realm,
    settings: {
      consent: NO_WAIT,
      registration: {
        ...OPEN_SEED.realm.settings?.registration,
        softwareStatements: {
          untrusted: 'refuse',
          issuers: [
            {
              name: 'Vouch',
              issuer: VOUCHER,
              jwks: { keys: [{ ...voucher.publicJwk, kid: 'k', alg: 'ES256' }] },
              algorithms: ['ES256'],
            },
          ],
        },
      },
    },
  },
  clients: [
    {
      id: OPERATORS_CLIENT,
      name: 'Acme Mail',
      redirectUris: ['http://127.0.0.1:4711/cb'],
      authentication: {
        method: 'private_key_jwt',
        jwks: { keys: [{ ...clientKey.publicJwk, kid: 'k', alg: 'ES256' }] },
      },
      access: [{ resource: '/mcp', scopes: ['notes:read'] }],
    },
  ],
};

const api: Taker = {
  taken: 415,
  refused: 401,
  real: async (app) => (await (await newClient(app)).tokens()).access_token,
  async publicJwk(app) {
    const { keys } = await (await fetch(`${app.issuer}/connect/jwks`)).json();
    return keys[0];
  },
  // Admitted requests get 415, because they hold no message. While the issuer may not be asked for keys again, a token of an
  // unknown key gets 503: it opens nothing either.
  async status(app, jwt) {
    const headers = { authorization: `Bearer ${jwt}` };
    const { status } = await fetch(app.notes, { method: 'POST', headers });
    return status === 503 ? this.refused : status;
  },
};

const introspection: Taker = {
  ...api,
  taken: 200,
  refused: 204,
  // What is not active has no content, so to say: the answer to it is empty and has the same status.
  async status(app, jwt) {
    secrets.set(app, secrets.get(app) ?? (await apiSecret(app, 'notes')));
    const { body } = await introspect(app, ['notes', secrets.get(app) ?? ''], jwt);
    return body.active === true ? 200 : 204;
  },
};
const secrets = new WeakMap<TestApp, string>();

/** A software statement by somebody whose word counts. What is `undefined` is left out. */
export function statementOf(claims: object = {}): Promise<string> {
  const iat = Math.floor(Date.now() / 1_000) - 60;
  const software = {
    software_id: 'x',
    client_name: 'Vouched for',
    redirect_uris: ['https://v.example/cb'],
  };
  const said = { iss: VOUCHER, iat, exp: iat + 3_600, ...software, ...claims };
  return new SignJWT(said).setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(voucher.privateKey);
}

const registration: Taker = {
  taken: 201,
  refused: 400,
  real: () => statementOf(),
  publicJwk: async () => ({ ...voucher.publicJwk, kid: 'k', alg: 'ES256' }),
  status: async (app, jwt) => (await register(app, { software_statement: jwt })).status,
};

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** An assertion of the operator's client, as it makes them. What is `undefined` is left out. */
export function assertionOf({ issuer }: Addresses, claims: object = {}): Promise<string> {
  const iat = Math.floor(Date.now() / 1_000);
  const said = { iss: OPERATORS_CLIENT, sub: OPERATORS_CLIENT, aud: issuer, iat, exp: iat + 60 };
  return new SignJWT({ ...said, jti: crypto.randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .sign(clientKey.privateKey);
}

/** Asks the token endpoint with an assertion, for nothing: who is let in is told that it was nothing. */
export const authenticate = (app: Addresses, assertion: string, fields: Record<string, string> = {}) =>
  token(app, {
    grant_type: 'refresh_token',
    refresh_token: 'none',
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: assertion,
    ...fields,
  });

const tokenEndpoint: Taker = {
  taken: 400,
  refused: 401,
  real: assertionOf,
  publicJwk: async () => ({ ...clientKey.publicJwk, kid: 'k', alg: 'ES256' }),
  status: async (app, jwt) => (await authenticate(app, jwt)).status,
};

/** Everywhere. */
export const TAKERS: readonly (readonly [string, Taker])[] = [
  ['access tokens, at the API', api],
  ['access tokens, at introspection', introspection],
  ['software statements, at registration', registration],
  ['client assertions, at the token endpoint', tokenEndpoint],
];

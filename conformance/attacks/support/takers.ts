import { type JWK, SignJWT } from 'jose';
import { type Addresses, NO_WAIT, OPEN_SEED, type SeedFile, type TestApp } from '../../support/app.ts';
import { register, token } from '@vestibule/testing/oauth';
import { apiSecret, introspect } from './api.ts';
import { newClient } from './client.ts';
import { newKey, type OwnKey } from './jwt.ts';

/** An endpoint that accepts a JWT from anyone. */
export interface Taker {
  /** A valid JWT. */
  real(app: TestApp): Promise<string>;
  /** The public key that verifies it. */
  publicJwk(app: TestApp): Promise<JWK>;
  /** The status of the response to a JWT. */
  status(app: TestApp, jwt: string): Promise<number>;
  readonly taken: number;
  readonly refused: number;
}

const VOUCHER = 'https://vouch.example';
const voucher = await newKey();

/** A pre-registered client with its own key. */
export const OPERATORS_CLIENT = 'acme-mail';
export const clientKey: OwnKey = await newKey();

/** The open realm with a trusted statement issuer and a client that authenticates. */
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
  taken: 204,
  refused: 401,
  real: async (app) => (await (await newClient(app)).tokens()).access_token,
  async publicJwk(app) {
    const { keys } = await (await fetch(`${app.issuer}/connect/jwks`)).json();
    return keys[0];
  },
  // While the keys cannot be fetched again, a token of an unknown key gets 503, which gives no access either.
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
  // An inactive token counts as 204 here: introspection responds with 200 in both cases.
  async status(app, jwt) {
    secrets.set(app, secrets.get(app) ?? (await apiSecret(app, 'notes')));
    const { body } = await introspect(app, ['notes', secrets.get(app) ?? ''], jwt);
    return body.active === true ? 200 : 204;
  },
};
const secrets = new WeakMap<TestApp, string>();

/** A software statement of a trusted issuer. Members that are `undefined` are left out. */
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

/** An assertion of the pre-registered client. Members that are `undefined` are left out. */
export function assertionOf({ issuer }: Addresses, claims: object = {}): Promise<string> {
  const iat = Math.floor(Date.now() / 1_000);
  const said = { iss: OPERATORS_CLIENT, sub: OPERATORS_CLIENT, aud: issuer, iat, exp: iat + 60 };
  return new SignJWT({ ...said, jti: crypto.randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .sign(clientKey.privateKey);
}

/**
 * Sends a token request with an assertion and an unknown refresh token, whose error shows that the client was authenticated.
 */
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

/** All endpoints. */
export const TAKERS: readonly (readonly [string, Taker])[] = [
  ['access tokens, at the API', api],
  ['access tokens, at introspection', introspection],
  ['software statements, at registration', registration],
  ['client assertions, at the token endpoint', tokenEndpoint],
];

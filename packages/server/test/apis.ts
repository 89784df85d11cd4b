import { apiSecretHash } from '@vestibule/core/operator';
import type { Realm } from '@vestibule/core/realm';
import { sha256 } from '@vestibule/http';
import { ISSUER, realmWith, setUp, type Toggles } from './set-up.ts';

export const USERINFO = `${ISSUER}/connect/userinfo`;

/** A realm whose APIs introspect tokens, with their own id as the secret, and whose clients can learn who people are. */
export async function realmThatAsks(toggles: Toggles = {}): Promise<Realm> {
  const realm = realmWith(toggles);
  const apis = await Promise.all(
    realm.apis.map(async (api) => ({
      ...api,
      scopes: [...api.scopes, 'openid', 'profile', 'email'],
      secretHashes: [apiSecretHash(sha256, `secret-of-${api.id}`)],
    })),
  );
  const identity = ['openid', 'profile', 'email'];
  return {
    ...realm,
    apis: [
      ...apis,
      { id: 'userinfo', name: 'You', resource: USERINFO, scopes: identity, openToDynamicClients: true },
    ],
    scopes: [
      ...realm.scopes,
      ...identity.map((name) => ({ name, description: `Know your ${name}`, openToDynamicClients: true })),
    ],
  };
}

export const basic = (id: string, secret: string): string => `Basic ${btoa(`${id}:${secret}`)}`;

/** A client with tokens, in a world whose APIs introspect. */
export async function attachedWhereApisAsk(parameters: Record<string, string> = {}, toggles: Toggles = {}) {
  const world = setUp(await realmThatAsks(toggles));
  await world.stores.people.insert({
    realm: 'main',
    subject: 'person-ada',
    username: 'ada',
    name: 'Ada',
    passwordHash: '',
    email: 'ada@people.example',
    emailVerified: true,
  });
  const clientId = await world.register();
  const code = await world.obtainCode(clientId, parameters);
  const { resource } = parameters;
  const { body: tokens } = await world.exchange(clientId, code, resource === undefined ? {} : { resource });

  const post = (
    endpoint: 'introspect' | 'revoke',
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    world.server[endpoint](
      new Request(`${ISSUER}/connect/${endpoint}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers,
      }),
      { ip: '192.0.2.1' },
    );

  /** The introspection response for a token. */
  async function introspect(token: string, api = 'notes') {
    const response = await post('introspect', { token }, { authorization: basic(api, `secret-of-${api}`) });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  /** Revokes a token as a client. */
  const revoke = async (token: string, fields: Record<string, string> = {}) => {
    const response = await post('revoke', { token, client_id: clientId, ...fields });
    return { status: response.status, text: await response.text() };
  };

  async function revocations(headers: Record<string, string> = {}) {
    const response = await world.server.revocations(
      new Request(`${ISSUER}/connect/revocations`, { headers }),
      {
        ip: '',
      },
    );
    return { status: response.status, body: await response.json() };
  }

  async function userinfo(token: string | undefined, method = 'GET') {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await world.server.userinfo(new Request(USERINFO, { method, headers }), { ip: '' });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  return { ...world, clientId, tokens, post, introspect, revoke, revocations, userinfo };
}

import type { TokensIssued } from '../history/history.ts';
import type { Family, KnownClient } from '../world/book.ts';
import { isGood } from '../world/good-family.ts';
import { CALLBACK, ISSUERS, REALM_IDS, type RealmId, RESOURCES } from '../world/realms.ts';
import type { Telling, World } from '../world/world.ts';
import { type Act, chosen, NOTHING } from './act.ts';
import {
  type Answer,
  askForTokens,
  exchangeFields,
  introspect,
  issuedBy,
  nameOfToken,
  post,
  refreshFields,
  told,
} from './token-requests.ts';

/** The addresses of agents, in three organizations. */
const ADDRESSES = [
  '192.0.2.1',
  '192.0.2.2',
  '192.0.2.3',
  '203.0.113.1',
  '203.0.113.2',
  '2001:db8:1::1',
] as const;

const addressOf = (number: number): string => ADDRESSES[number % ADDRESSES.length] ?? ADDRESSES[0];

/** Registers a client, and remembers it if it is a new one. */
export async function register(
  world: World,
  telling: Telling,
  realm: RealmId,
  body: Readonly<Record<string, unknown>>,
  ip: string,
  token?: string,
): Promise<Answer> {
  const response = await world.send(
    new Request(`${ISSUERS[realm]}/connect/register`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    }),
    ip,
  );
  const text = await response.text();
  const answer = {
    status: response.status,
    body: text === '' ? {} : JSON.parse(text),
    headers: response.headers,
  };
  if (answer.status !== 201) return answer;
  const id = String(answer.body.client_id);
  telling.learn({ kind: 'registered', realm, clientId: id });
  const known = world.book.clients.find((client) => client.id === id && client.realm === realm);
  const registrationToken = String(answer.body.registration_access_token);
  if (known === undefined) {
    const name = `${String(body['client_name'])} (${id.slice(-4)})`;
    const usesProofs = world.book.clients.length % 4 === 3;
    world.book.clients.push({ name, realm, id, ip, body, registrationToken, usesProofs });
  }
  return answer;
}

export const bodyOf = (number: number): Readonly<Record<string, unknown>> => ({
  client_name: `App ${number % 5}`,
  redirect_uris: [CALLBACK],
});

/** The families that a client has, and what can end them. */
export function suspect(families: readonly Family[], isMeant: (family: Family) => boolean): void {
  for (const family of families) if (isMeant(family)) family.isSuspect = true;
}

/** Remembers tokens that arrived. */
export function keep(world: World, family: Family, answer: Answer, issued: TokensIssued): void {
  const token = String(answer.body['access_token']);
  family.accessTokens.push({ token, issued });
  family.lastIssuedAt = world.now();
  const refreshToken: unknown = answer.body['refresh_token'];
  if (typeof refreshToken !== 'string') return;
  const name = nameOfToken(refreshToken);
  if (!family.refreshTokens.some((known) => known.name === name)) {
    family.refreshTokens.push({ name, token: refreshToken });
  }
}

/** Presents a refresh token of a family, counted from the newest one. */
export async function refreshWith(
  world: World,
  telling: Telling,
  family: Family,
  back: number,
): Promise<Answer | undefined> {
  const presented = family.refreshTokens.at(-1 - back);
  if (presented === undefined) return undefined;
  const { client, usesProofs } = family;
  telling.says(
    `${client.name} refreshes with ${presented.name}${back === 0 ? '' : `, ${back} before the newest`}`,
  );
  const answer = await askForTokens(world, client, refreshFields(presented.token), usesProofs);
  if (answer.status === 200) {
    const issued = issuedBy(answer, client.realm, 'refresh_token', presented.name);
    telling.learn(issued);
    keep(world, family, answer, issued);
  } else if (family.refreshTokens.at(-1) !== presented) {
    // Another request got a newer one meanwhile, so this one may have been a replay.
    family.isSuspect = true;
  }
  return answer;
}

const manage = (
  world: World,
  { id, realm, registrationToken, ip }: KnownClient,
  method: string,
  body?: object,
): Promise<Response> =>
  world.send(
    new Request(`${ISSUERS[realm]}/connect/register/${id}`, {
      method,
      headers: { authorization: `Bearer ${registrationToken}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
    ip,
  );

async function keepRegistrationToken(client: KnownClient, response: Response): Promise<void> {
  if (response.status !== 200) return;
  const body = await response.json();
  if (typeof body.registration_access_token === 'string') {
    client.registrationToken = body.registration_access_token;
  }
}

export const AGENTS = {
  register: {
    actor: 'agent',
    weight: 10,
    run: async (world, [where, which, from], telling) => {
      const realm = REALM_IDS[where % REALM_IDS.length] ?? 'main';
      const ip = addressOf(from);
      telling.says(`registers ${String(bodyOf(which)['client_name'])} in ${realm} from ${ip}`);
      return told(await register(world, telling, realm, bodyOf(which), ip));
    },
  },
  registerAgain: {
    actor: 'agent',
    weight: 3,
    run: async (world, [which], telling) => {
      const client = chosen(world.book.clients, which);
      if (client === undefined) return NOTHING;
      telling.says(`${client.name} registers again`);
      return told(await register(world, telling, client.realm, client.body, client.ip));
    },
  },
  registerWithToken: {
    actor: 'agent',
    weight: 3,
    run: async (world, [which, body, from], telling) => {
      const token = chosen(world.book.initialAccessTokens, which);
      if (token === undefined) return NOTHING;
      telling.says(`registers ${String(bodyOf(body)['client_name'])} with the token ${token.id}`);
      return told(await register(world, telling, token.realm, bodyOf(body), addressOf(from), token.token));
    },
  },
  readRegistration: {
    actor: 'agent',
    weight: 1,
    run: async (world, [which], telling) => {
      const client = chosen(world.book.clients, which);
      if (client === undefined) return NOTHING;
      telling.says(`${client.name} reads its registration`);
      const response = await manage(world, client, 'GET');
      await keepRegistrationToken(client, response);
      return String(response.status);
    },
  },
  updateRegistration: {
    actor: 'agent',
    weight: 2,
    run: async (world, [which, name], telling) => {
      const client = chosen(world.book.clients, which);
      if (client === undefined) return NOTHING;
      telling.says(`${client.name} changes its registration`);
      const body = { ...client.body, client_id: client.id, client_name: `Renamed ${name % 3}` };
      const response = await manage(world, client, 'PUT', body);
      await keepRegistrationToken(client, response);
      return String(response.status);
    },
  },
  deleteRegistration: {
    actor: 'agent',
    weight: 1,
    run: async (world, [which], telling) => {
      const client = chosen(world.book.clients, which);
      if (client === undefined) return NOTHING;
      telling.says(`${client.name} deletes its registration`);
      suspect(world.book.families, (family) => family.client === client);
      client.isMeddledWith = true;
      const { status } = await manage(world, client, 'DELETE');
      const { realm, id: clientId } = client;
      if (status === 204) {
        telling.learn({ kind: 'deregistered', realm, clientId });
        telling.learn({ kind: 'ended', realm, clientId });
      }
      return String(status);
    },
  },
  exchange: {
    actor: 'agent',
    weight: 14,
    run: async (world, [which], telling) => {
      const code = chosen(world.book.codes, which);
      if (code === undefined) return NOTHING;
      const { client, api, name } = code;
      telling.says(`${client.name} exchanges ${name}`);
      const family = code.family ?? {
        client,
        api,
        usesProofs: client.usesProofs,
        refreshTokens: [],
        accessTokens: [],
        isSuspect: code.isBrief || code.isContested === true,
        lastIssuedAt: world.now(),
      };
      // A second exchange ends what the first one opened.
      if (code.family === undefined) code.family = family;
      else family.isSuspect = true;
      const answer = await askForTokens(world, client, exchangeFields(code), client.usesProofs);
      if (answer.status !== 200) return told(answer);
      const issued = issuedBy(answer, client.realm, 'authorization_code', name);
      telling.learn(issued);
      keep(world, family, answer, issued);
      if (!world.book.families.includes(family)) world.book.families.push(family);
      return told(answer);
    },
  },
  refresh: {
    actor: 'agent',
    weight: 14,
    run: async (world, [which], telling) => {
      const family = chosen(world.book.families, which);
      if (family === undefined) return NOTHING;
      const states = world.realmStates.length;
      const wasGood = isGood(world, family);
      const answer = await refreshWith(world, telling, family, 0);
      if (answer === undefined) return NOTHING;
      const isUnchanged = world.realmStates.length === states && isGood(world, family);
      if (wasGood && isUnchanged && answer.status < 500) {
        const { realm, id: clientId } = family.client;
        telling.learn({ kind: 'continued', realm, clientId, status: answer.status });
      }
      return told(answer);
    },
  },
  refreshAgain: {
    actor: 'agent',
    weight: 5,
    run: async (world, [which], telling) => {
      const family = chosen(world.book.families, which);
      if (family === undefined) return NOTHING;
      // Later than the grace period it is a replay.
      family.isSuspect = true;
      const answer = await refreshWith(world, telling, family, 1);
      return answer === undefined ? NOTHING : told(answer);
    },
  },
  useToken: {
    actor: 'agent',
    weight: 8,
    run: async (world, [which, newest], telling) => {
      const family = chosen(world.book.families, which);
      const held = family && chosen(family.accessTokens, newest);
      if (family === undefined || held === undefined) return NOTHING;
      const { realm, name } = family.client;
      telling.says(`${name} uses a token at ${family.api}`);
      const answer = await introspect(world, realm, family.api, held.token);
      if (answer.status !== 200) return told(answer);
      const isActive = answer.body['active'] === true;
      const scopes = isActive ? String(answer.body['scope']).split(' ') : [];
      const resource = RESOURCES[family.api];
      telling.learn({ kind: 'introspected', realm, resource, isActive, scopes, token: held.issued });
      return isActive ? 'active' : 'inactive';
    },
  },
  revoke: {
    actor: 'agent',
    weight: 2,
    run: async (world, [which, kind], telling) => {
      const family = chosen(world.book.families, which);
      const refreshToken = family?.refreshTokens.at(-1);
      const accessToken = family?.accessTokens.at(-1);
      if (family === undefined || refreshToken === undefined || accessToken === undefined) return NOTHING;
      const { id, name, realm, ip } = family.client;
      const isWhole = kind % 2 === 0;
      telling.says(`${name} revokes ${isWhole ? refreshToken.name : 'an access token'}`);
      if (isWhole) family.isSuspect = true;
      const token = isWhole ? refreshToken.token : accessToken.token;
      const answer = await post(world, realm, '/connect/revoke', { client_id: id, token }, { ip });
      const { grantId, tokenId } = accessToken.issued;
      if (answer.status === 200) {
        telling.learn({ kind: 'ended', realm, ...(isWhole ? { grantId } : { tokenId }) });
      }
      return told(answer);
    },
  },
} as const satisfies Record<string, Act>;

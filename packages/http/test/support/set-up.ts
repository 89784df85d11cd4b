import type { Commit, CoreChange, OperatorChange } from '@vestibule/core';
import { createOperator, type OperatorOptions, type TokenTerms } from '@vestibule/core/operator';
import { type PartialRealmSettings, type Realm, realmSettings } from '@vestibule/core/realm';
import { createRegistrar, type RegistrarOptions } from '@vestibule/core/registration';
import { createMemoryRegistrationStores } from '@vestibule/core/memory';
import { NOW } from '@vestibule/testing/now';
import { ACTOR } from '@vestibule/testing/operator';
import { EMPTY_REALM, READ_NOTES } from '@vestibule/testing/realm';
import { randomToken, sha256 } from '../../src/index.ts';
import { createManagementEndpoint, createRegistrationEndpoint } from '../../src/registration/index.ts';

export { ACTOR as ADA };
export { NOW };

/** A realm without people, and so without grants. */
const NO_PEOPLE: Pick<OperatorOptions, 'people' | 'grants'> = {
  people: {
    findByUsername: async () => undefined,
    findBySubject: async () => undefined,
    list: async () => ({ items: [] }),
  },
  grants: {
    find: async () => undefined,
    listOf: async () => [],
    listOfClient: async () => ({ items: [] }),
  },
};

/** A change of an act that is about no grants and no people. */
function ofClients(change: OperatorChange): CoreChange {
  const { kind } = change;
  if (
    kind === 'grant.open' ||
    kind === 'grant.end' ||
    kind === 'person.insert' ||
    kind === 'person.replace' ||
    kind === 'person.remove' ||
    kind === 'session.end-all' ||
    kind === 'replay.note'
  ) {
    throw new Error(`There are no grants and no people to change: ${kind}.`);
  }
  return change;
}

export const OPERATOR = 'operator-token';
export const RULES_URI = 'https://id.example/connect/rules';
export const BODY = { redirect_uris: ['https://app.example/cb'], client_name: 'Garden app' } as const;

const realmWith = (registration: PartialRealmSettings['registration']): Realm => ({
  ...EMPTY_REALM,
  settings: realmSettings({ registration: { open: true, ...registration } }),
  scopes: [READ_NOTES],
});

/** A request of a test. */
export interface Asked {
  readonly method?: string;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | object;
  readonly ip?: string;
}

/** Both endpoints, with stores in memory. */
export function setUp(
  registration: PartialRealmSettings['registration'] = {},
  given: Omit<Partial<RegistrarOptions>, 'clients' | 'commit'> = {},
) {
  let now = NOW;
  const ended: string[] = [];
  const endAll = (_: string, clientId: string): number => ended.push(clientId);
  const stores = createMemoryRegistrationStores({ endAll }, [realmWith(registration)]);
  const { realms, clients, initialAccessTokens, audit } = stores;
  let failure: unknown;
  const commit: Commit = async (changes) => {
    if (failure !== undefined) throw failure;
    return stores.commit(changes);
  };
  const options = {
    realms,
    clients,
    initialAccessTokens,
    audit,
    commit,
    clock: () => now,
    generateToken: randomToken,
    hash: sha256,
    managementUri: ({ issuer }: Realm, clientId: string) => `${issuer}/connect/register/${clientId}`,
    ...given,
  };
  const errors: unknown[] = [];
  const ofRealm = {
    registrar: createRegistrar(options),
    realm: 'main',
    rulesUri: RULES_URI,
    onError: (error: unknown) => void errors.push(error),
  };
  const endpoints = {
    register: createRegistrationEndpoint({
      ...ofRealm,
      isOperator: async (token) => token === OPERATOR,
    }),
    manage: createManagementEndpoint(ofRealm),
  };
  const operator = createOperator({
    ...options,
    realms,
    ...NO_PEOPLE,
    commit: async (changes) => options.commit(changes.map(ofClients)),
  });

  async function send(
    path: string,
    { method = 'POST', token, headers = {}, body, ip = '192.0.2.1' }: Asked,
  ): Promise<Response | undefined> {
    const init = {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    const endpoint = path.startsWith('/connect/register/') ? endpoints.manage : endpoints.register;
    return endpoint(new Request(`https://id.example${path}`, init), { ip });
  }

  return {
    audit,
    clients,
    operator,
    initialAccessTokens,
    realms,
    ended,
    errors,
    send,
    /** Makes commits fail, or succeed again. */
    failCommits: (reason?: unknown) => void (failure = reason),
    /** Sends a request and reads the response. */
    async ask(path: string, asked: Asked) {
      const response = await send(path, asked);
      if (response === undefined) throw new Error('There is nothing here.');
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: text === '' ? undefined : JSON.parse(text),
      };
    },
    pass: (seconds: number) => void (now += seconds * 1_000),
    everyClient: async () => (await clients.list('main', { limit: 1_000 })).items,
    issue: (terms: Partial<TokenTerms> = {}) =>
      operator.tokens.issue(ACTOR, 'main', { expiresAt: now + 3_600_000, maxUses: 1, ...terms }),
    async change(next: PartialRealmSettings['registration']) {
      const { version } = (await realms.find('main')) ?? { version: 0 };
      await realms.replace(realmWith(next), version);
    },
  };
}

export const REGISTER = '/connect/register';

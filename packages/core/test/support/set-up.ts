import type {
  ClientStore,
  Commit,
  CommitActs,
  CoreChange,
  KnownGrants,
  OperatorChange,
  KnownPeople,
  Client,
} from '../../src/index.ts';
import { createOperator, type TokenTerms } from '../../src/operator/index.ts';
import type { Realm, RealmRecord } from '../../src/realm/index.ts';
import {
  createRegistrar,
  type RegistrarOptions,
  type RegistrationSource,
} from '../../src/registration/index.ts';
import { createMemoryRegistrationStores } from '../../src/memory/index.ts';
import { ADA, NOW, realmWith } from './realm.ts';

/** A request from this address, which is its own network, and in the ranges that begin like it. */
export const sourceAt = (ip: string, origin?: string): RegistrationSource => ({
  ip,
  addressKey: ip,
  network: ip.replace(/\.\d+$/, '.0/24'),
  organization: ip.replace(/\.\d+$/, '.0/24'),
  ...(origin !== undefined && { origin }),
  isWithin: (range) => ip.startsWith(range),
});

/** The source and the token of a registration. */
export interface Sent {
  readonly from?: string;
  /** The page that sent it. @default none, it is a program */
  readonly origin?: string;
  readonly token?: string;
}

/** No grants and no people: the acts on them are tested with the stores that they are kept in. */
export const noGrants: KnownGrants = {
  find: async () => undefined,
  listOf: async () => [],
  listOfClient: async () => ({ items: [] }),
};
export const noPeople: KnownPeople = {
  findByUsername: async () => undefined,
  findBySubject: async () => undefined,
  list: async () => ({ items: [] }),
};

/** Commits the changes of acts that are about no grants and no people. */
export const actingWith =
  (commit: Commit): CommitActs =>
  async (changes) =>
    commit(changes.map(ofClients));

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

/** The options of a registrar, with stores that also an operator can use. */
type Given = Omit<Partial<RegistrarOptions>, 'clients' | 'commit'> & {
  readonly clients?: ClientStore;
  readonly commit?: Commit;
};

/** A registrar in memory with its dependencies, and a clock that tests set. */
export function setUp(realm: RealmRecord = realmWith(), given: Given = {}) {
  let now = NOW;
  let counter = 0;
  const ended: string[] = [];
  const endAll = (_: string, clientId: string): number => ended.push(clientId);
  const stores = createMemoryRegistrationStores({ endAll }, [realm]);
  const { realms, clients, initialAccessTokens, audit } = stores;
  let meanwhile: () => Promise<unknown> = async () => undefined;
  const commit: Commit = async (changes) => {
    const happen = meanwhile;
    meanwhile = async () => undefined;
    await happen();
    return stores.commit(changes);
  };
  const options = {
    realms,
    clients,
    initialAccessTokens,
    audit,
    commit,
    clock: () => now,
    generateToken: () => `random-${(counter += 1)}`,
    hash: (text: string) => `hash of ${text}`,
    managementUri: ({ issuer }: Realm, clientId: string) => `${issuer}/connect/register/${clientId}`,
    ...given,
  };
  const registrar = createRegistrar(options);

  /** Is admitted, and registers. */
  async function register(body: unknown, { from = '192.0.2.1', origin, token }: Sent = {}) {
    const admission = await registrar.admit('main', sourceAt(from, origin), token);
    return admission.outcome === 'admitted' ? registrar.register(admission, body) : admission;
  }

  return {
    registrar,
    register,
    operator: createOperator({
      ...options,
      commit: actingWith(options.commit),
      realms,
      grants: noGrants,
      people: noPeople,
    }),
    realms,
    clients,
    initialAccessTokens,
    audit,
    commit,
    /** Lets something happen before the next commit. */
    meanwhile: (happen: () => Promise<unknown>) => void (meanwhile = happen),
    /** How often each limit was used. */
    quotas: () => stores.quotas,
    /** Clients whose grants were all ended. */
    ended,
    /** Advances the clock by the given number of seconds. */
    pass: (seconds: number) => void (now += seconds * 1_000),

    /** Registers, and returns the response. */
    async registered(body: unknown, sent?: Sent) {
      const outcome = await register(body, sent);
      if (outcome.outcome !== 'registered') throw new Error(JSON.stringify(outcome));
      return outcome.response;
    },
    /** The stored client. */
    async stored(id: string): Promise<Client> {
      const client = await clients.find('main', id);
      if (client === undefined) throw new Error(`There is no client ${id}.`);
      return client;
    },
    /** All stored clients. */
    everyClient: async () => (await clients.list('main', { limit: 100_000 })).items,
    /** Creates an initial access token, by default valid for an hour and one client. */
    async issue(terms: Partial<TokenTerms> = {}) {
      return createOperator({
        ...options,
        commit: actingWith(options.commit),
        realms,
        grants: noGrants,
        people: noPeople,
      }).tokens.issue(ADA, 'main', {
        expiresAt: now + 3_600_000,
        maxUses: 1,
        ...terms,
      });
    },
    /** Changes the realm. */
    async change(next: Realm) {
      const { version } = (await realms.find('main')) ?? { version: 0 };
      await realms.replace(next, version);
    },
    /** The types of the recorded events without those of the preparation, newest last. */
    types: () => audit.events.map(({ type }) => type),
  };
}

/** The smallest valid body. */
export const BODY = { redirect_uris: ['https://app.example/cb'], client_name: 'Notes app' } as const;

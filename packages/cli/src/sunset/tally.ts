import {
  askGates,
  type Client,
  type DynamicClient,
  type Instant,
  type KnownGrant,
  lifeOf,
  type MetadataDocumentClient,
  standingOf,
} from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { vendors } from '@vestibule/vendor-directory';
import { type Agent, agentKey, agentOf } from './agent.ts';

/** The use of an agent by registered clients. */
export interface AgentUse {
  readonly agent: Agent;
  /** The number of its clients that were used, and are neither blocked nor expired. */
  readonly clients: number;
  /** The number of grants that are in effect while registration is open. */
  readonly grants: number;
  /** The subjects of the people with these grants. */
  readonly people: ReadonlySet<string>;
  readonly lastUsedAt: Instant;
}

/** The use of a client with a metadata document. */
export interface DocumentUse {
  readonly client: MetadataDocumentClient;
  /** Not if an operator has blocked it, or its document was not fetched or accepted for too long. */
  readonly isUsable: boolean;
  /** The subjects of the people with grants that are in effect. */
  readonly people: ReadonlySet<string>;
}

/** What was counted. */
export interface Counts {
  readonly agents: readonly AgentUse[];
  readonly documents: readonly DocumentUse[];
  /** The number of registered clients that no person has approved. */
  readonly unused: number;
}

/** Counts some or all grants of one client. */
export type CountGrants = (grants: readonly KnownGrant[]) => void;

/** Counts the clients of a realm by agent. No client and no grant is kept. */
export interface Tally {
  /** Counts a client. Returns what counts its grants, unless they are not relevant. */
  count(client: Client): CountGrants | undefined;
  result(): Counts;
}

type Mutable<T> = { -readonly [Member in keyof T]: T[Member] };

/** What is counted of one agent so far. */
interface Use extends Mutable<Omit<AgentUse, 'people'>> {
  readonly people: Set<string>;
}

export function createTally(realm: Realm, now: Instant): Tally {
  const { settings } = realm;
  const uses = new Map<string, Use>();
  const documents: DocumentUse[] = [];
  let unused = 0;
  // As if registration were open, so that the report is the same after it was closed.
  const registration = { ...settings.registration, open: true };
  const open: Realm = { ...realm, settings: { ...settings, registration } };

  const isInEffect = (grant: KnownGrant, client: Client, inRealm: Realm): boolean =>
    grant.isUnopened !== true &&
    (grant.endsAt ?? Infinity) > now &&
    askGates({ realm: inRealm, client, resource: grant.resource, requested: grant.scopes }).open;

  function useOf(client: DynamicClient, lastUsedAt: Instant): Use {
    const agent = agentOf(client, realm);
    const key = agentKey(agent);
    const use = uses.get(key) ?? { agent, clients: 0, grants: 0, people: new Set(), lastUsedAt };
    uses.set(key, use);
    return use;
  }

  function countDynamic(client: DynamicClient): CountGrants | undefined {
    const { lastUsedAt } = client;
    const { state } = lifeOf(client, settings.lifecycle, now);
    if (lastUsedAt === undefined) {
      unused += 1;
      return undefined;
    }
    if (state === 'blocked' || state === 'gone') return undefined;
    const use = useOf(client, lastUsedAt);
    use.clients += 1;
    use.lastUsedAt = Math.max(use.lastUsedAt, lastUsedAt);
    // A hibernated client gets no token before a person approves it again.
    if (state === 'asleep') return undefined;
    return (grants) => {
      const counted = grants.filter((grant) => isInEffect(grant, client, open));
      use.grants += counted.length;
      for (const { subject } of counted) use.people.add(subject);
    };
  }

  function countDocument(client: MetadataDocumentClient): CountGrants | undefined {
    const isUsable = standingOf(client, realm, { vendors }, now).kind === 'good';
    const people = new Set<string>();
    documents.push({ client, isUsable, people });
    return (grants) => {
      for (const grant of grants) {
        if (isUsable && isInEffect(grant, client, realm)) people.add(grant.subject);
      }
    };
  }

  return {
    count(client) {
      switch (client.kind) {
        case 'dynamic':
          return countDynamic(client);
        case 'metadata-document':
          return countDocument(client);
        case 'pre-registered':
          return undefined;
      }
    },
    result: () => ({ agents: [...uses.values()], documents, unused }),
  };
}

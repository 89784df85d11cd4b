import {
  acceptsDocument,
  after,
  type AuditLog,
  type Client,
  type ClientDocument,
  type ClientStore,
  type Clock,
  type Commit,
  createProcessCounts,
  type DocumentClients,
  type Hash,
  type Instant,
  isOpenToDocuments,
  type MetadataDocumentClient,
  type Obtained,
  partOf,
  quoteClientId,
  type RealmDirectory,
  type Refusal,
  refusal,
  reservations,
  type Use,
  type Vendor,
  withShare,
} from '@vestibule/core';
import {
  type AuditFacts,
  changesOf,
  commitRecorded,
  type DocumentEvent,
  type DocumentLimit,
  recordedUris,
} from '@vestibule/core/audit';
import { dynamicClientPolicy, judgeAgain, type Rule } from '@vestibule/core/policy';
import { createNeighbours, type Realm } from '@vestibule/core/realm';
import { networksOf } from '@vestibule/core/registration';
import { isDocumentId, judgeClientIdUrl } from './client-id-url.ts';
import { changedMembers, documentClient, fingerprintOfDocument } from './document-client.ts';
import type { GuardedFetch } from './fetch-document.ts';
import { createFetchGovernor, type GovernedOutcome } from './fetch-governor.ts';
import { freshFor } from './freshness-bounds.ts';
import { judgeDocument, type JudgedDocument } from './judge-document.ts';

/** What clients with metadata documents are kept with. */
export interface MetadataDocumentOptions {
  readonly fetch: GuardedFetch;
  /** The realms of the server: a client must not bear the name of another one. */
  readonly realms: RealmDirectory;
  readonly clients: Pick<ClientStore, 'find'>;
  /** Of the same store as `clients`. */
  readonly commit: Commit;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly hash: Hash;
  /** Called with every exception of a fetch that no request waits for. */
  readonly onError: (error: unknown) => void;
  /** The policy of the registrar. @default {@link dynamicClientPolicy} */
  readonly policy?: Rule;
  /** The directory of vendors. @default [] */
  readonly vendors?: readonly Vendor[];
}

type Source = Parameters<DocumentClients['obtain']>[2];

/** What is known of a document that has to be fetched. */
interface Wanted {
  readonly realm: Realm;
  readonly clientId: string;
  readonly host: string;
  readonly stored: MetadataDocumentClient | undefined;
  /** Absent: no request waits for it. */
  readonly source?: Source;
}

const HOUR = 3_600;
const DAY = 86_400;
/** How soon to try again after too many fetches, in seconds. */
const RETRY_AFTER = 60;

/**
 * Keeps clients with metadata documents: fetches, judges and stores them. What is stored is the cache, which all nodes share: a
 * client is fetched again when its copy is not fresh any more, and used as it was described before while that fails.
 */
export function createMetadataDocuments(options: MetadataDocumentOptions): DocumentClients {
  const { clients, audit, clock, hash, onError } = options;
  const findNeighbours = createNeighbours(options.realms);
  const rules = { policy: options.policy ?? dynamicClientPolicy, vendors: options.vendors ?? [] };
  const counts = createProcessCounts();
  const governor = createFetchGovernor({ fetch: options.fetch, counts, clock });

  const record = (
    wanted: Pick<Wanted, 'realm' | 'source'>,
    event: AuditFacts<DocumentEvent>,
  ): Promise<void> => audit.record(eventOf(wanted, event));

  const eventOf = (
    { realm, source }: Pick<Wanted, 'realm' | 'source'>,
    event: AuditFacts<DocumentEvent>,
  ) => ({
    ...event,
    realm: realm.id,
    at: clock(),
    ...(source !== undefined && { ip: source.ip }),
  });

  async function refuse(wanted: Omit<Wanted, 'host'>, because: Refusal): Promise<Obtained> {
    const { rule, description } = because;
    const claimedClientId = quoteClientId(wanted.clientId);
    await record(wanted, { type: 'document.refused', claimedClientId, rule, description });
    return { outcome: 'refused', refusal: because };
  }

  async function limit(wanted: Wanted, reached: DocumentLimit, retryAfter: number): Promise<Obtained> {
    const isNews = counts.use(
      `document:limited:${wanted.realm.id}:${reached}`,
      { uses: 1, seconds: 60 },
      clock(),
    );
    if (isNews.allowed) await record(wanted, { type: 'document.limited', limit: reached });
    return isUsable(wanted) ? { outcome: 'stale' } : { outcome: 'limited', retryAfter };
  }

  /** Whether the stored copy can be used although its document cannot be fetched. */
  const isUsable = ({ realm, stored }: Wanted): boolean =>
    stored !== undefined &&
    clock() < after(stored.document.expiresAt, realm.settings.metadataDocuments.stale);

  /**
   * The entity tag of the stored copy, if it may be used again. What the current policy would not accept is read again, because an
   * unchanged document would otherwise keep what new ones cannot get.
   */
  const etagOf = (stored: MetadataDocumentClient, realm: Realm): string | undefined =>
    judgeAgain(stored, realm, rules) === undefined ? stored.document.etag : undefined;

  /** Fetches a document and stores what it says. */
  async function update(wanted: Wanted): Promise<Obtained> {
    const { realm, clientId, host, stored, source } = wanted;
    const etag = stored && etagOf(stored, realm);
    const outcome = await governor.fetch(
      { url: clientId, accept: 'document', ...(etag !== undefined && { etag }) },
      {
        host,
        ...(source !== undefined && { networks: networksOf(source, realm.settings.registration.limits) }),
      },
    );
    if (!outcome.ok) return fail(wanted, outcome);
    const now = clock();
    const { freshness } = outcome;
    const dates = { fetchedAt: now, expiresAt: after(now, freshFor(freshness.freshFor)) };
    if (outcome.status === 'not-modified') {
      if (stored === undefined) return { outcome: 'unavailable' };
      const document = { ...stored.document, ...dates };
      return replace(wanted, stored, { ...stored, ...keptOf(stored, realm, now), document });
    }
    const judged = judgeDocument(clientId, outcome.body, realm, rules, await findNeighbours(realm, now));
    if (!judged.ok) return refuse(wanted, judged.refusal);
    const document: ClientDocument = {
      uri: clientId,
      ...dates,
      ...(freshness.etag !== undefined && { etag: freshness.etag }),
      fingerprint: fingerprintOfDocument(hash, judged.metadata),
    };
    const client = documentClient(realm.id, judged.metadata, document, now);
    return stored === undefined
      ? insert(wanted, client, judged)
      : replace(wanted, stored, { ...client, ...keptOf(stored, realm, now) }, judged);
  }

  async function fail(wanted: Wanted, outcome: GovernedOutcome & { readonly ok: false }): Promise<Obtained> {
    const { reason } = outcome;
    if (reason === 'governed') return limit(wanted, 'fetches', RETRY_AFTER);
    const isStaleUsed = isUsable(wanted);
    await record(wanted, {
      type: 'document.unavailable',
      claimedClientId: quoteClientId(wanted.clientId),
      reason,
      detail: outcome.detail,
      ...(isStaleUsed && { isStaleUsed }),
    });
    return { outcome: isStaleUsed ? 'stale' : 'unavailable' };
  }

  async function insert(
    wanted: Wanted,
    client: MetadataDocumentClient,
    judged: JudgedDocument & { readonly ok: true },
  ): Promise<Obtained> {
    const uses = usesOf(wanted);
    const outcome = await commitRecorded(
      options,
      [{ kind: 'client.insert', client }, ...reservations(uses, clock())],
      [eventOf(wanted, { type: 'document.accepted', ...factsOf(client, judged) })],
    );
    if (outcome.committed) return { outcome: 'current' };
    const { unmet, index } = outcome;
    // Another request stored it meanwhile.
    if (unmet.kind === 'client.insert') return { outcome: 'current' };
    return limit(wanted, uses[index - 1]?.name ?? 'realm', unmet.retryAfter);
  }

  /** A client that only was used since it was read is replaced all the same. The copy of another request is as good if it is as new. */
  async function replace(
    wanted: Wanted,
    stored: MetadataDocumentClient,
    next: MetadataDocumentClient,
    judged?: JudgedDocument & { readonly ok: true },
  ): Promise<Obtained> {
    const { realm, clientId } = wanted;
    const hasChanged = stored.document.fingerprint !== next.document.fingerprint;
    const facts = judged && hasChanged ? factsOf(next, judged) : undefined;
    const { committed } = await commitRecorded(
      options,
      [{ kind: 'client.replace', client: next, expectedVersion: stored.version }],
      facts === undefined
        ? []
        : [eventOf(wanted, { type: 'document.changed', ...facts, changed: changedMembers(stored, next) })],
    );
    if (committed) return { outcome: 'current' };
    const found = await clients.find(realm.id, clientId);
    const isOlder =
      found?.kind === 'metadata-document' &&
      found.blockedAt === undefined &&
      found.document.fetchedAt < next.document.fetchedAt;
    return isOlder
      ? replace(wanted, found, { ...next, ...keptOf(found, realm, next.document.fetchedAt) }, judged)
      : { outcome: 'current' };
  }

  /** The document that has to be fetched for a client, if any. */
  const wantedOf = (realm: Realm, clientId: string, found: Client | undefined): Wanted | Obtained => {
    const stored = found?.kind === 'metadata-document' ? found : undefined;
    // What an operator or a registration decided stands, and so does a block.
    if (found !== undefined && (stored === undefined || stored.blockedAt !== undefined)) return OTHER;
    const judged = judgeClientIdUrl(clientId);
    if (!judged.ok) return { outcome: 'refused', refusal: judged.refusal };
    if (!acceptsDocument(realm, clientId)) return { outcome: 'refused', refusal: NOT_ACCEPTED };
    const now = clock();
    if (stored !== undefined && now < stored.document.expiresAt && !isUnneeded(stored, realm, now)) {
      return { outcome: 'current' };
    }
    return { realm, clientId, host: judged.url.host, stored };
  };

  return {
    async obtain(realm, clientId, source) {
      if (!isDocumentId(clientId) || !isOpenToDocuments(realm)) return OTHER;
      const found = await clients.find(realm.id, clientId);
      const wanted = wantedOf(realm, clientId, found);
      if (!('outcome' in wanted)) return update({ ...wanted, source });
      return wanted.outcome === 'refused'
        ? refuse({ realm, clientId, stored: undefined, source }, wanted.refusal)
        : wanted;
    },
    refresh(realm, clientId) {
      if (!isDocumentId(clientId) || !isOpenToDocuments(realm)) return;
      const refreshed = async (): Promise<void> => {
        const found = await clients.find(realm.id, clientId);
        const wanted = found && wantedOf(realm, clientId, found);
        if (wanted !== undefined && !('outcome' in wanted)) await update(wanted);
      };
      refreshed().catch(onError);
    },
  };
}

const OTHER = { outcome: 'other' } as const;

const NOT_ACCEPTED: Refusal = refusal(
  'invalid_client_metadata',
  'document.host',
  'documents of this host are not accepted here',
);

/** Whether a client is about to be deleted, because no person approved it in time. */
const isUnneeded = (
  { issuedAt, lastUsedAt }: MetadataDocumentClient,
  { settings: { lifecycle } }: Realm,
  now: Instant,
): boolean => lastUsedAt === undefined && after(issuedAt, lifecycle.unused) <= now;

/** What a client keeps when its document is read again. One that was about to be deleted begins anew, so that a person can finish. */
const keptOf = (stored: MetadataDocumentClient, realm: Realm, now: Instant) => ({
  issuedAt: isUnneeded(stored, realm, now) ? now : stored.issuedAt,
  version: stored.version,
  ...(stored.lastUsedAt !== undefined && { lastUsedAt: stored.lastUsedAt }),
});

const factsOf = (
  { id: clientId, name: clientName, redirectUris, document }: MetadataDocumentClient,
  { trace }: JudgedDocument & { readonly ok: true },
) => ({
  clientId,
  clientName,
  redirectUris: recordedUris(redirectUris),
  trace: changesOf(trace),
  fingerprint: document.fingerprint,
});

/**
 * The limits that a document of an unknown client uses when it is stored. The networks of its request have the same multiples as for
 * registrations, and an organization the same share of what the realm stores in a day.
 */
function usesOf({ realm, host, source }: Wanted): readonly Use<DocumentLimit>[] {
  const { perAddressPerHour, perHostPerDay, perRealmPerDay } = realm.settings.metadataDocuments.limits;
  const whole: Use<DocumentLimit> = {
    name: 'realm',
    key: `document:${realm.id}:realm`,
    limit: { uses: perRealmPerDay, seconds: DAY },
  };
  const ofHost: Use<DocumentLimit> = {
    name: 'host',
    key: `document:${realm.id}:host:${host}`,
    partOf: whole.key,
    limit: { uses: perHostPerDay, seconds: DAY },
  };
  if (source === undefined) return [ofHost, whole];
  const { limits } = realm.settings.registration;
  const ofNetworks = networksOf(source, limits).map(({ name, key, times }): Use<DocumentLimit> => ({
    name,
    key: `document:${realm.id}:${key}`,
    partOf: whole.key,
    limit: { uses: perAddressPerHour * times, seconds: HOUR },
  }));
  const ofRealm = withShare(whole, {
    name: 'organization',
    network: `organization:${source.organization}`,
    uses: partOf(perRealmPerDay, limits.organizationPercentOfDay),
  });
  // The sender chooses the host, so it is counted last.
  return [...ofNetworks, ...ofRealm, ofHost];
}

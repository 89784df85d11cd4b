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
  isDocumentId,
  isOpenToDocuments,
  judgeClientIdUrl,
  type MetadataDocumentClient,
  type Obtained,
  type RealmDirectory,
  type Refusal,
  refusal,
  type Seconds,
  type Vendor,
} from '@vestibule/core';
import type { DocumentLimit } from '@vestibule/core/audit';
import { dynamicClientPolicy, judgeAgain, type Rule } from '@vestibule/core/policy';
import { createNeighbours, isAtIssuer, type Realm } from '@vestibule/core/realm';
import { countedNetworksOf } from '@vestibule/core/registration';
import { documentClient, fingerprintOfDocument } from './document-client.ts';
import { createDocumentRecorder } from './document-recorder.ts';
import { createFailedFetches } from './failed-fetches.ts';
import type { GuardedFetch } from './fetch-document.ts';
import { createFetchGovernor, type GovernedOutcome } from './fetch-governor.ts';
import { keysThrough } from './fetch-keys.ts';
import {
  type BoundedFreshness,
  boundedFreshness,
  LEAST_FRESH,
  renewedFreshness,
} from './freshness-bounds.ts';
import { judgeDocument } from './judge-document.ts';
import { createSharedTasks } from './shared-tasks.ts';
import { isNewerThan, isReplaced, snapshotOf } from './snapshot.ts';
import {
  type AcceptedDocument,
  insertDocument,
  isFresh,
  replaceDocument,
  type Stored,
} from './store-document.ts';
import { createRegistrationVerifier } from './verify-registrations.ts';
import { isForAll, type WantedDocument } from './wanted-document.ts';

/** What clients with metadata documents are kept with. */
export interface MetadataDocumentOptions {
  readonly fetch: GuardedFetch;
  /** The realms of the server: a client must not bear the name of another one. */
  readonly realms: RealmDirectory;
  readonly clients: Pick<ClientStore, 'find' | 'countDocuments'>;
  /** Of the same store as `clients`. */
  readonly commit: Commit;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly hash: Hash;
  /** Called with every exception of a fetch that no request waits for, and of the verification of a registered client. */
  readonly onError: (error: unknown) => void;
  /** The policy of the registrar. @default {@link dynamicClientPolicy} */
  readonly policy?: Rule;
  /** The directory of vendors. @default [] */
  readonly vendors?: readonly Vendor[];
}

/** How soon to try again after too many fetches, in seconds. */
const RETRY_AFTER = 60;

/** How soon to try again if a document cannot be fetched and nothing else is known, in seconds. */
const RETRY_FAILED_AFTER = 30;

/**
 * Keeps clients with metadata documents: fetches, judges and stores them. What is stored is the cache, which all nodes share: a
 * client is fetched again when its copy is not fresh any more, and used as it was described before while that fails.
 *
 * @example
 * ```ts
 * import { createMetadataDocuments } from '@vestibule/cimd';
 * import { createGuardedFetch } from '@vestibule/cimd/node';
 * import { sha256 } from '@vestibule/http';
 * import { createMemoryStores } from '@vestibule/server/memory';
 *
 * const { realms, clients, commit, audit } = createMemoryStores();
 * const metadataDocuments = createMetadataDocuments({
 *   fetch: createGuardedFetch(),
 *   realms,
 *   clients,
 *   commit,
 *   audit,
 *   clock: Date.now,
 *   hash: sha256,
 *   onError: console.error,
 * });
 * // It is the option `metadataDocuments` of createAuthorizationServer.
 * ```
 */
export function createMetadataDocuments(options: MetadataDocumentOptions): DocumentClients {
  const { clients, audit, clock, hash, onError } = options;
  const findNeighbours = createNeighbours(options.realms);
  const rules = { policy: options.policy ?? dynamicClientPolicy, vendors: options.vendors ?? [] };
  const counts = createProcessCounts();
  const governor = createFetchGovernor({ fetch: options.fetch, counts, clock });
  const failed = createFailedFetches(clock);

  const recorder = createDocumentRecorder(audit, clock, counts);

  async function refuse(
    wanted: Pick<WantedDocument, 'realm' | 'source' | 'clientId'>,
    because: Refusal,
  ): Promise<Obtained> {
    await recorder.refused(wanted, because);
    return { outcome: 'refused', refusal: because };
  }

  async function limit(
    wanted: WantedDocument,
    reached: DocumentLimit,
    retryAfter: Seconds,
  ): Promise<Obtained> {
    await recorder.limited(wanted, reached);
    const stale = staleOf(wanted);
    if (stale !== undefined && !isReplaced(stale.client, snapshotOf(wanted))) return stale;
    return (await pin(wanted)) ?? stale ?? { outcome: 'limited', retryAfter };
  }

  /** The stored copy, if it can be used although its document cannot be fetched. */
  function staleOf({
    realm,
    stored,
  }: WantedDocument): (Obtained & { readonly outcome: 'stale' }) | undefined {
    if (stored === undefined) return undefined;
    const { expiresAt, staleFor = Infinity } = stored.document;
    const { stale } = realm.settings.metadataDocuments;
    return clock() < after(expiresAt, Math.min(stale, staleFor))
      ? { outcome: 'stale', client: stored }
      : undefined;
  }

  /**
   * The entity tag of the stored copy, if it may be used again. What the current policy would not accept is read again, because an
   * unchanged document would otherwise keep what new ones cannot get. So is a copy from before its authentication was stored.
   */
  const etagOf = (stored: MetadataDocumentClient, realm: Realm): string | undefined =>
    stored.document.authentication !== undefined && judgeAgain(stored, realm, rules) === undefined
      ? stored.document.etag
      : undefined;

  const updates = createSharedTasks(isForAll);

  /** Fetches and stores a document once for all requests that want it at the same time. */
  const updateOnce = (wanted: WantedDocument): Promise<Obtained> =>
    updates.share(JSON.stringify([wanted.realm.id, wanted.clientId]), () => updateLatest(wanted));

  /** Fetches a document, unless another request has stored it since the client was read. */
  async function updateLatest({ realm, clientId, source }: WantedDocument): Promise<Obtained> {
    const latest = wantedOf(realm, clientId, await clients.find(realm.id, clientId));
    return 'outcome' in latest ? latest : update({ ...latest, ...(source !== undefined && { source }) });
  }

  /** Fetches a document, unless the last attempt failed: then what is usable is used at once. */
  async function provide(wanted: WantedDocument): Promise<Obtained> {
    if (!failed.isDoubtful(wanted)) return updateOnce(wanted);
    const stale = staleOf(wanted);
    const isFirst = stale !== undefined && !isReplaced(stale.client, snapshotOf(wanted));
    const pinned = isFirst ? undefined : await pin(wanted);
    if (pinned !== undefined) return pinned;
    if (stale !== undefined) {
      tryAgain(wanted);
      return stale;
    }
    const retryAfter = failed.restOf(wanted);
    return retryAfter > 0 ? { outcome: 'unavailable', retryAfter } : updateOnce(wanted);
  }

  /** Fetches a document that no request waits for, unless it failed a short time ago. */
  function tryAgain(wanted: WantedDocument): void {
    if (failed.begin(wanted)) updateOnce(wanted).catch(onError);
  }

  /** Fetches a document and stores what it says. */
  async function update(wanted: WantedDocument): Promise<Obtained> {
    const { realm, clientId, host, stored, source } = wanted;
    const neighbours = await findNeighbours(realm, clock());
    // To fetch from another realm of this server would be a request with its own address.
    if (neighbours.some(({ issuer }) => isAtIssuer(issuer, clientId))) return refuse(wanted, NOT_ACCEPTED);
    const etag = stored && etagOf(stored, realm);
    const outcome = await governor.fetch(
      { url: clientId, accept: 'document', ...(etag !== undefined && { etag }) },
      {
        host,
        ...(source !== undefined && { networks: countedNetworksOf(realm, source) }),
      },
    );
    failed.note(wanted, outcome);
    if (!outcome.ok) return fail(wanted, outcome);
    const now = clock();
    const { freshness } = outcome;
    if (outcome.status === 'not-modified') {
      if (stored === undefined) return UNAVAILABLE;
      const renewed = renewedFreshness(freshness, stored.document.staleFor);
      const { staleFor: _staleFor, ...copy } = stored.document;
      const document = { ...copy, ...datesOf(now, renewed) };
      return obtainedOf(wanted, await replaceDocument(options, wanted, stored, { ...stored, document }));
    }
    const judged = judgeDocument(clientId, outcome.body, realm, rules, neighbours);
    if (!judged.ok) return refuse(wanted, judged.refusal);
    const copy = {
      ...datesOf(now, boundedFreshness(freshness)),
      ...(freshness.etag !== undefined && { etag: freshness.etag }),
    };
    return store(wanted, judged, copy);
  }

  /** Stores what a document says. */
  async function store(
    wanted: WantedDocument,
    judged: AcceptedDocument,
    copy: Pick<ClientDocument, 'fetchedAt' | 'expiresAt' | 'staleFor' | 'etag' | 'isSnapshot'>,
  ): Promise<Obtained> {
    const { realm, clientId, stored } = wanted;
    const { metadata, authentication } = judged;
    const fingerprint = fingerprintOfDocument(hash, metadata, authentication);
    const document = { uri: clientId, ...copy, fingerprint, authentication };
    const client = documentClient(realm.id, metadata, document, copy.fetchedAt);
    const outcome = await (stored === undefined
      ? insertDocument(options, wanted, client, judged)
      : replaceDocument(options, wanted, stored, client, judged));
    return obtainedOf(wanted, outcome);
  }

  const obtainedOf = (wanted: WantedDocument, outcome: Stored): Obtained | Promise<Obtained> =>
    outcome.ok ? currentOf(outcome.client) : limit(wanted, outcome.limit, outcome.retryAfter);

  /** Stores what the snapshot of a document says, if there is one that is acceptable. It is fetched again as soon as possible. */
  async function pin(wanted: WantedDocument): Promise<Usable | undefined> {
    const { realm, clientId } = wanted;
    const snapshot = snapshotOf(wanted);
    if (snapshot === undefined) return undefined;
    const now = clock();
    const judged = judgeDocument(clientId, snapshot.document, realm, rules, await findNeighbours(realm, now));
    if (!judged.ok) {
      await recorder.refused(wanted, judged.refusal, { isSnapshot: true });
      return undefined;
    }
    const dates = datesOf(now, { freshFor: LEAST_FRESH });
    const obtained = await store(wanted, judged, { ...dates, isSnapshot: true });
    return 'client' in obtained ? obtained : undefined;
  }

  async function fail(
    wanted: WantedDocument,
    outcome: GovernedOutcome & { readonly ok: false },
  ): Promise<Obtained> {
    if (outcome.reason === 'governed') return limit(wanted, 'fetches', RETRY_AFTER);
    const stale = staleOf(wanted);
    const snapshot = snapshotOf(wanted);
    const isStalePreferred =
      stale !== undefined && snapshot !== undefined && isNewerThan(stale.client, snapshot);
    const pinned = isStalePreferred ? undefined : await pin(wanted);
    await recorder.unavailable(wanted, outcome, {
      ...(pinned !== undefined && { isSnapshotUsed: true }),
      ...(pinned === undefined && stale !== undefined && { isStaleUsed: true }),
    });
    const retryAfter = failed.restOf(wanted) || RETRY_FAILED_AFTER;
    return pinned ?? stale ?? { outcome: 'unavailable', retryAfter };
  }

  /** The document that has to be fetched for a client, if any. */
  const wantedOf = (realm: Realm, clientId: string, found: Client | undefined): WantedDocument | Obtained => {
    const stored = found?.kind === 'metadata-document' ? found : undefined;
    // What an operator or a registration decided stands, and so does a block.
    if (found !== undefined && (stored === undefined || stored.blockedAt !== undefined)) return OTHER;
    const judged = judgeClientIdUrl(clientId);
    if (!judged.ok) return { outcome: 'refused', refusal: judged.refusal };
    if (!acceptsDocument(realm, clientId)) return { outcome: 'refused', refusal: NOT_ACCEPTED };
    if (stored !== undefined && isFresh(stored, realm, clock())) {
      return { outcome: 'current', client: stored };
    }
    return { realm, clientId, host: judged.url.host, stored };
  };

  const obtain: DocumentClients['obtain'] = async (realm, clientId, found, source) => {
    if (!isDocumentId(clientId) || !isOpenToDocuments(realm)) return OTHER;
    const wanted = wantedOf(realm, clientId, found);
    if (!('outcome' in wanted)) return provide({ ...wanted, source });
    return wanted.outcome === 'refused' ? refuse({ realm, clientId, source }, wanted.refusal) : wanted;
  };

  return {
    ...createRegistrationVerifier({ ...options, obtain, counts, rules }),
    obtain,
    refresh(realm, client) {
      if (!isOpenToDocuments(realm)) return;
      const wanted = wantedOf(realm, client.id, client);
      if (!('outcome' in wanted)) tryAgain(wanted);
    },
    fetchKeys: keysThrough(governor),
  };
}

/** A client that can be used. */
type Usable = Extract<Obtained, { readonly client: MetadataDocumentClient }>;

/** When a copy was fetched, and until when it is used. */
const datesOf = (now: Instant, { freshFor, staleFor }: BoundedFreshness) => ({
  fetchedAt: now,
  expiresAt: after(now, freshFor),
  ...(staleFor !== undefined && { staleFor }),
});

const OTHER = { outcome: 'other' } as const;
const UNAVAILABLE = { outcome: 'unavailable', retryAfter: RETRY_FAILED_AFTER } as const;

/** A client that was deleted while its document was fetched is as good as one that could not be fetched: the next request stores it. */
const currentOf = (client: MetadataDocumentClient | undefined): Obtained =>
  client === undefined ? UNAVAILABLE : { outcome: 'current', client };

const NOT_ACCEPTED: Refusal = refusal(
  'invalid_client_metadata',
  'document.host',
  'documents of this host are not accepted here',
);

import {
  type AuditLog,
  type ClientStore,
  type Clock,
  type Commit,
  createProcessCounts,
  type DocumentClients,
  type Hash,
  type Obtained,
  type RealmDirectory,
  type Vendor,
} from '@vestibule/core';
import { dynamicClientPolicy, type Rule } from '@vestibule/core/policy';
import { createNeighbours } from '@vestibule/core/realm';
import { createDocumentRecorder } from './document-recorder.ts';
import { createFailedFetches } from './failed-fetches.ts';
import type { GuardedFetch } from './fetch-document.ts';
import { createFetchGovernor } from './fetch-governor.ts';
import { keysThrough } from './fetch-keys.ts';
import { documentUpdates } from './update-document.ts';
import { usableCopies } from './usable-copy.ts';
import { createRegistrationVerifier } from './verify-registrations.ts';
import { wantedDocument, type WantedDocument } from './wanted-document.ts';

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
  const { audit, clock, onError } = options;
  const counts = createProcessCounts();
  const rules = { policy: options.policy ?? dynamicClientPolicy, vendors: options.vendors ?? [] };
  const recorder = createDocumentRecorder(audit, clock, counts);
  const governor = createFetchGovernor({ fetch: options.fetch, counts, clock });
  const failed = createFailedFetches(clock);
  const parts = { ...options, rules, recorder, findNeighbours: createNeighbours(options.realms) };
  const findUsable = usableCopies(parts);
  const update = documentUpdates({ ...parts, governor, failed, findUsable });

  /** Fetches a document, unless the last attempt failed: then what is usable is used at once. */
  async function provide(wanted: WantedDocument): Promise<Obtained> {
    if (!failed.isDoubtful(wanted)) return update(wanted);
    const usable = await findUsable(wanted, false);
    if (usable?.outcome === 'stale') tryAgain(wanted);
    if (usable !== undefined) return usable;
    const retryAfter = failed.restOf(wanted);
    return retryAfter > 0 ? { outcome: 'unavailable', retryAfter } : update(wanted);
  }

  /** Fetches a document that no request waits for, unless it failed a short time ago. */
  function tryAgain(wanted: WantedDocument): void {
    if (failed.begin(wanted)) update(wanted).catch(onError);
  }

  const obtain: DocumentClients['obtain'] = async (realm, clientId, found, source) => {
    const wanted = wantedDocument(realm, clientId, found, clock());
    if (!('outcome' in wanted)) return provide({ ...wanted, source });
    if (wanted.outcome === 'refused') await recorder.refused({ realm, clientId, source }, wanted.refusal);
    return wanted;
  };

  return {
    ...createRegistrationVerifier({ ...options, obtain, counts, rules }),
    obtain,
    refresh(realm, client) {
      const wanted = wantedDocument(realm, client.id, client, clock());
      if (!('outcome' in wanted)) tryAgain(wanted);
    },
    fetchKeys: keysThrough(governor),
  };
}

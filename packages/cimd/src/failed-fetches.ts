import type { Clock, Seconds } from '@vestibule/core';
import type { GovernedOutcome } from './fetch-governor.ts';
import { createRetryMemory } from './retry-memory.ts';
import type { WantedDocument } from './wanted-document.ts';

/**
 * What this process remembers of fetches that failed, so that no request waits again for what will probably fail again. Nothing of it is
 * a fact: after a short rest it is tried again.
 */
export interface FailedFetches {
  /** Whether the last fetch of a document failed, or its host could not be reached. */
  isDoubtful(wanted: WantedDocument): boolean;
  /** How long the host of a document is not connected to, in seconds; 0: it can be tried. */
  restOf(wanted: WantedDocument): Seconds;
  /** Whether a document can be tried again that no request waits for. A doubtful one counts as failed from then on. */
  begin(wanted: WantedDocument): boolean;
  /** Notes what became of a fetch. */
  note(wanted: WantedDocument, outcome: GovernedOutcome): void;
}

/**
 * Creates an empty memory. A host counts as unreachable only if the connection to it fails. What happens after that depends on the path,
 * which a stranger chooses: a page of the host that never responds must not keep the documents of others from being fetched. What fails
 * before that, the resolution of its name, can fail because a stranger keeps the resolver busy.
 */
export function createFailedFetches(clock: Clock): FailedFetches {
  const hosts = createRetryMemory(clock);
  // Only of clients that are stored, so that strangers cannot fill it.
  const documents = createRetryMemory(clock);
  const isDoubtful: FailedFetches['isDoubtful'] = ({ host, clientId }) =>
    hosts.restOf(host) !== undefined || documents.restOf(clientId) !== undefined;
  const restOf: FailedFetches['restOf'] = ({ host }) => hosts.restOf(host) ?? 0;
  return {
    isDoubtful,
    restOf,
    begin(wanted) {
      if (!isDoubtful(wanted)) return true;
      const { clientId } = wanted;
      if (restOf(wanted) > 0 || (documents.restOf(clientId) ?? 0) > 0) return false;
      documents.failed(clientId);
      return true;
    },
    note({ host, clientId, stored }, outcome) {
      if (outcome.ok) {
        hosts.worked(host);
        documents.worked(clientId);
        return;
      }
      if (outcome.reason === 'governed') return;
      if (outcome.isReached === true) hosts.worked(host);
      if (outcome.isReached === false) hosts.failed(host);
      if (stored !== undefined) documents.failed(clientId);
    },
  };
}

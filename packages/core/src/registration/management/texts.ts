import type { DynamicClient } from '../../client/client.ts';
import type { ClientStore } from '../../ports/client-store.ts';
import type { Registration } from '../../client/registration.ts';
import { type toRecord, withoutOwnWords } from '../record.ts';

/** The members that a client sets, and what is derived from them. */
export type Words = ReturnType<typeof toRecord> & {
  readonly registration: Pick<Registration, 'softwareStatement' | 'vouchedBy' | 'accessTokenHash'>;
};

/**
 * Replaces the members that a client sets. `undefined` if another update or a removal came between; a mere use of the client
 * in between does not matter.
 */
export async function replaceWords(
  clients: ClientStore,
  read: DynamicClient,
  said: Words,
): Promise<DynamicClient | undefined> {
  const kept = withoutOwnWords(read);
  const next: DynamicClient = {
    ...kept,
    ...said,
    registration: { ...kept.registration, ...said.registration },
  };
  const outcome = await clients.replace(next, read.version);
  if (outcome === 'replaced') return next;
  const now = await clients.find(read.realm, read.id);
  if (now?.kind !== 'dynamic' || wordsOf(now) !== wordsOf(read)) return undefined;
  return replaceWords(clients, now, said);
}

/** Equal for records that differ only in their use. */
const wordsOf = ({
  version: _version,
  lastUsedAt: _used,
  registration: { hibernatedAt: _slept, ...registration },
  ...words
}: DynamicClient): string => JSON.stringify({ ...words, registration });

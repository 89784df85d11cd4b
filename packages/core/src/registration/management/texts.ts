import type { StoredClient } from '../../client/stored-client.ts';
import type { ClientStore } from '../../ports/client-store.ts';
import { type toRecord, withoutOwnWords } from '../record.ts';

/** The members that a client sets, and what is derived from them. */
export type Words = ReturnType<typeof toRecord> &
  Pick<StoredClient, 'vouchedBy' | 'registrationAccessTokenHash'>;

/**
 * Replaces the members that a client sets. `undefined` if another update or a removal came between; a mere use of the client
 * in between does not matter.
 */
export async function replaceWords(
  clients: ClientStore,
  read: StoredClient,
  said: Words,
): Promise<StoredClient | undefined> {
  const next = { ...withoutOwnWords(read), ...said };
  const outcome = await clients.replace(next, read.version);
  if (outcome === 'replaced') return next;
  const now = await clients.find(read.realm, read.id);
  const isOnlyUsed = now !== undefined && wordsOf(now) === wordsOf(read);
  return isOnlyUsed ? replaceWords(clients, now, said) : undefined;
}

/** Equal for records that differ only in their use. */
const wordsOf = ({
  version: _version,
  lastUsedAt: _used,
  hibernatedAt: _slept,
  ...words
}: StoredClient): string => JSON.stringify(words);

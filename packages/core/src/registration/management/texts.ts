import type { StoredClient } from '../../client/stored-client.ts';
import type { ClientStore } from '../../ports/client-store.ts';
import { type toRecord, withoutOwnWords } from '../record.ts';

/** What a client says of itself, with what follows from that. */
export type Words = ReturnType<typeof toRecord> &
  Pick<StoredClient, 'vouchedBy' | 'registrationAccessTokenHash'>;

/**
 * Puts new words in the place of those that were read. `undefined` where another update or a removal came between; that
 * the client was merely used meanwhile is no reason to fail.
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

/** The same for records that differ in nothing but their use. */
const wordsOf = ({
  version: _version,
  lastUsedAt: _used,
  hibernatedAt: _slept,
  ...words
}: StoredClient): string => JSON.stringify(words);

import { after, type Instant, type Milliseconds, type Seconds } from '@vestibule/core';
import type { KeyCipher } from '../key/key-cipher.ts';
import type { ProviderTokenStore } from '../ports/provider-token-store.ts';
import { openTokens, type SealedContents, sealTokens } from './seal-tokens.ts';

/** How much longer than its grant a record is stored, so that its tokens can be revoked at the provider. */
const MARGIN: Seconds = 86_400;

/** How often what a refresh obtained is stored at most: the provider may have replaced the refresh token, which would be lost. */
const ATTEMPTS = 3;

/** The pause before a store, or the refresh of another node, is looked at again. */
const PAUSE: Milliseconds = 200;

export const pause = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, PAUSE));

/** Which record of a grant. */
interface Place {
  readonly grantId: string;
  readonly version: number;
}

/** What a record has. */
export interface VersionedContents {
  readonly version: number;
  readonly contents: SealedContents;
}

type Put = (place: Place, contents: SealedContents, expiresAt: Instant) => Promise<'stored' | 'conflict'>;

/** The records of a realm, decrypted. */
interface TokenRecords {
  /** @param expiresAt when the grant expires */
  readonly put: Put;
  /** Stores what a refresh obtained. A store that fails for a moment loses nothing. `conflict`: an attempt that failed may have stored it. */
  readonly putObtained: Put;
  readonly read: (grantId: string) => Promise<VersionedContents | undefined>;
}

interface TokenRecordContext {
  readonly store: ProviderTokenStore;
  readonly realm: string;
  readonly cipher: KeyCipher;
}

export function tokenRecords({ store, realm, cipher }: TokenRecordContext): TokenRecords {
  const put: Put = async (place, contents, expiresAt) => {
    const record = { realm, ...place };
    const sealed = await sealTokens(cipher, record, contents);
    return store.put({ ...record, sealed, expiresAt: after(expiresAt, MARGIN) });
  };
  return {
    put,
    putObtained: async (...record) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await put(...record);
        } catch (error) {
          if (attempt === ATTEMPTS) throw error;
          await pause();
        }
      }
    },
    read: async (grantId) => {
      const record = await store.find(realm, grantId);
      return record && { version: record.version, contents: await openTokens(cipher, record) };
    },
  };
}

import type { Clock, Instant, Sweeper } from '@vestibule/core';
import type { KeyCipher } from '../key/key-cipher.ts';
import type { StoredProviderTokens } from '../ports/provider-token-store.ts';
import type { ProviderTokenOptions } from './provider-token-options.ts';
import { openTokens } from './seal-tokens.ts';

/** How many are revoked in a step: each waits for the provider. */
const AT_ONCE = 20;

/** After so many failures in a row the provider is left alone until the next step. A single one may be about one odd token. */
const FAILURES = 3;

/** What tokens of ended grants are revoked with. */
export interface ProviderTokenSweeperOptions extends Pick<ProviderTokenOptions, 'provider' | 'store'> {
  /** The id of the realm. */
  readonly realm: string;
  readonly keyCipher: KeyCipher;
  readonly clock: Clock;
  /** Called if the provider cannot be reached, and for each record that cannot be decrypted. */
  readonly onError: (error: unknown) => void;
}

/**
 * Revokes at the provider the tokens of grants that ended or expired, in whatever way, and deletes them.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-2 RFC 7009 §2}
 */
export const createProviderTokenSweeper = ({
  provider,
  store,
  realm,
  keyCipher,
  clock,
  onError,
}: ProviderTokenSweeperOptions): Sweeper => ({
  async sweep(now: Instant, limit: number): Promise<number> {
    let count = 0;
    let failures = 0;
    for (const record of await store.listOrphaned(realm, now, Math.min(limit, AT_ONCE))) {
      const refreshToken = await refreshTokenOf(record);
      try {
        if (refreshToken !== undefined) await provider.revoke?.(refreshToken, clock);
        failures = 0;
      } catch (error) {
        // It stays stored, and is revoked in a later round.
        onError(error);
        failures += 1;
        if (failures === FAILURES) break;
        continue;
      }
      await store.remove(realm, record.grantId, record.version);
      count += 1;
    }
    return count;

    async function refreshTokenOf(record: StoredProviderTokens): Promise<string | undefined> {
      try {
        return (await openTokens(keyCipher, record)).refreshToken;
      } catch (error) {
        onError(error);
        return undefined;
      }
    }
  },
});

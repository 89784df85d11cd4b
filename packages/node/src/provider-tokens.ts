import type { Realm } from '@vestibule/core/realm';
import { Refused } from '@vestibule/database';
import {
  type KeyCipher,
  plainKeys,
  problemsWithProviderTokens,
  type ProviderTokenOptions,
  type Stores,
  type TokenProvider,
} from '@vestibule/server';
import type { SettingNames } from './setting-names.ts';

/** What the tokens of a provider need. */
interface ProviderTokenNeeds {
  readonly stores: Pick<Stores, 'providerTokens' | 'leases'>;
  readonly realms: readonly Realm[];
  readonly keyCipher: KeyCipher;
  /** What messages call the settings. */
  readonly names: Pick<SettingNames, 'keySecrets'>;
}

/**
 * Checks before the app serves that the APIs of all realms can have tokens of the provider, and that these can be encrypted.
 *
 * @returns `undefined` without a provider
 * @throws Refused with each problem
 */
export function checkProviderTokens(
  provider: TokenProvider | undefined,
  { stores, realms, keyCipher, names }: ProviderTokenNeeds,
): ProviderTokenOptions | undefined {
  if (provider === undefined) return undefined;
  const { providerTokens: store, leases } = stores;
  if (keyCipher === plainKeys) {
    throw new Refused(
      'Tokens of a provider are stored encrypted only, and this database has no encryption.\n' +
        `Set ${names.keySecrets} to 32 random bytes in base64url.`,
    );
  }
  if (store === undefined) {
    throw new Refused('The given stores cannot store tokens of a provider: they need "providerTokens".');
  }
  const problems = realms.flatMap((realm) => problemsWithProviderTokens(realm, provider));
  if (problems.length > 0) throw new Refused(problems.join('\n'));
  return { provider, store, leases };
}

import { keptRecently } from '@vestibule/core';
import type { AssertionOptions } from '../options.ts';
import { createLocalKeys } from './local.ts';
import type { PublicKeys } from './public-keys.ts';
import { createRemoteKeys } from './remote.ts';
import type { KeySource } from './source.ts';

/** The keys of all parties, from their settings. */
export interface Keyring {
  /** @throws Error if the settings have no keys */
  keysOf(source: KeySource): PublicKeys;
}

/** The number of addresses of strangers of which the keys are kept, and the longest name of one, in characters. */
const STRANGERS = { most: 250, longest: 8_192 };

/**
 * Keys that were fetched or imported are kept for the life of the keyring. Strangers choose any number of addresses, so only the keys of
 * those that were used last are kept.
 */
export function createKeyring(options: AssertionOptions): Keyring {
  const local = new WeakMap<object, PublicKeys>();
  const remote = new Map<string, PublicKeys>();
  const ofStrangers = keptRecently(STRANGERS, (): { keys?: PublicKeys } => ({}));

  return {
    keysOf({ owner, jwks, jwksUri, chosenBy = 'stranger' }) {
      if ((jwks === undefined) === (jwksUri === undefined)) {
        throw new Error(`Either jwks or jwksUri must be there for ${owner}. Correct its settings.`);
      }
      if (jwks !== undefined) {
        const keys = local.get(jwks) ?? createLocalKeys(owner, jwks);
        local.set(jwks, keys);
        return keys;
      }
      const place = JSON.stringify([owner, jwksUri]);
      const create = (): PublicKeys => createRemoteKeys({ owner, jwksUri: jwksUri ?? '', chosenBy }, options);
      if (chosenBy === 'stranger') return (ofStrangers(place).keys ??= create());
      const keys = remote.get(place) ?? create();
      remote.set(place, keys);
      return keys;
    },
  };
}

import { quote, type TrustedIssuer } from '@vestibule/core';
import type { StatementVerifierOptions } from '../options.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import { createLocalKeys } from './local.ts';
import { createRemoteKeys } from './remote.ts';

/** The keys of every issuer there was, as its settings have or name them. */
export interface Keyring {
  /** @throws where the issuer's settings have no keys */
  keysOf(issuer: TrustedIssuer): IssuerKeys;
}

/** Keys that were fetched or imported are kept as long as the keyring. */
export function createKeyring(options: StatementVerifierOptions): Keyring {
  const local = new WeakMap<object, IssuerKeys>();
  const remote = new Map<string, IssuerKeys>();

  return {
    keysOf({ issuer, jwks, jwksUri }) {
      if ((jwks === undefined) === (jwksUri === undefined)) {
        throw new Error(
          `The trusted issuer ${quote(issuer)} must have either jwks or jwksUri. Correct the realm's settings.`,
        );
      }
      if (jwks !== undefined) {
        const keys = local.get(jwks) ?? createLocalKeys(issuer, jwks);
        local.set(jwks, keys);
        return keys;
      }
      const place = JSON.stringify([issuer, jwksUri]);
      const keys = remote.get(place) ?? createRemoteKeys(issuer, jwksUri ?? '', options);
      remote.set(place, keys);
      return keys;
    },
  };
}

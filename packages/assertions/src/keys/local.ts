import type { JsonWebKeySet } from '@vestibule/core/registration';
import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { fittingKeys, type PublicKeys } from './public-keys.ts';

/**
 * Keys that are part of the settings.
 *
 * @throws Error if they are not a key set
 */
export function createLocalKeys(owner: string, jwks: JsonWebKeySet | JSONWebKeySet): PublicKeys {
  if (!isKeySet(jwks)) {
    throw new Error(
      `The jwks of ${owner} is no JSON Web Key Set (RFC 7517 section 5). Correct its settings.`,
    );
  }
  const set = createLocalJWKSet(jwks);
  return { find: (header) => fittingKeys(set, header) };
}

/** Whether a value is a JSON Web Key Set. */
export const isKeySet = (value: unknown): value is JSONWebKeySet =>
  hasMember(value, 'keys') &&
  Array.isArray(value.keys) &&
  value.keys.every((key) => hasMember(key, 'kty') && typeof key.kty === 'string');

const hasMember = <Name extends string>(
  value: unknown,
  name: Name,
): value is Readonly<Record<Name, unknown>> => typeof value === 'object' && value !== null && name in value;

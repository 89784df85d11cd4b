import type { EffectiveClientMetadata } from '../metadata/client-metadata.ts';
import { type SealedClient, sealedClient, writeSealed } from '../client/sealed-client.ts';
import { after } from '../time.ts';
import type { RegistrationAttempt } from './attempt.ts';
import { isDeferring } from './persistence.ts';
import type { Options } from './registrar-options.ts';

/**
 * Whether the client of a registration is sealed in its `client_id` instead of stored. Not if the realm stores clients at once,
 * or the use of an initial access token has to be counted.
 */
export const isSealing = (
  { sealer }: Pick<Options, 'sealer'>,
  { realm, token }: RegistrationAttempt,
): boolean => sealer !== undefined && token === undefined && isDeferring(realm);

/** Seals the client of a registration. `undefined` if it has to be stored, because its metadata is too long for a `client_id`. */
export async function sealRegistration(
  { sealer }: Pick<Options, 'sealer'>,
  { realm, now: issuedAt }: RegistrationAttempt,
  { metadata, vouchedBy }: { readonly metadata: EffectiveClientMetadata; readonly vouchedBy?: string },
): Promise<SealedClient | undefined> {
  const sealedUntil = after(issuedAt, realm.settings.lifecycle.deferred);
  const contents = { issuedAt, sealedUntil, metadata, vouchedBy };
  const id = await sealer?.seal(realm, writeSealed(contents));
  return id === undefined ? undefined : sealedClient(realm.id, id, contents);
}

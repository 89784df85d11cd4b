import type { StoredClient } from '../client/stored-client.ts';
import type { Realm } from '../realm/realm.ts';
import type { TrustedIssuer } from './verifier.ts';

/**
 * Who vouched for a client, if the realm still trusts them for this software: trust that was taken back counts at once,
 * for every client.
 */
export const statementIssuerOf = (
  { vouchedBy, softwareId }: Pick<StoredClient, 'vouchedBy' | 'softwareId'>,
  { settings }: Pick<Realm, 'settings'>,
): TrustedIssuer | undefined =>
  settings.registration.softwareStatements.issuers.find(
    ({ issuer, softwareIds }) =>
      issuer === vouchedBy &&
      (softwareIds === undefined || (softwareId !== undefined && softwareIds.includes(softwareId))),
  );

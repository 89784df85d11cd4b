import { type Client, registrationOf } from '../client/client.ts';
import type { Realm } from '../realm/realm.ts';
import type { TrustedIssuer } from './verifier.ts';

/**
 * The issuer that verified a client, if the realm still trusts it for this software. Removing an issuer takes effect at once
 * for every client.
 */
export const statementIssuerOf = (
  client: Client,
  { settings }: Pick<Realm, 'settings'>,
): TrustedIssuer | undefined => {
  const { softwareId } = client;
  const { vouchedBy } = registrationOf(client);
  return settings.registration.softwareStatements.issuers.find(
    ({ issuer, softwareIds }) =>
      issuer === vouchedBy &&
      (softwareIds === undefined || (softwareId !== undefined && softwareIds.includes(softwareId))),
  );
};

import { parseRedirectUri, passesResponsesOn, registrationOf, vendorNamed } from '@vestibule/core';
import type { ClientRules } from '@vestibule/core/policy';
import { vendorsOf } from '@vestibule/core/realm';
import { isPublic } from '../client/is-public.ts';
import { documentHostOf, markAt } from '../client/client-mark.ts';
import type { LocalizedClient } from '../client/localized-client.ts';
import { idleLifetime } from '../client/idle-lifetime.ts';
import { pageAt, placeAt, switchPersonPage } from '../web/place.ts';
import type { DisplayedClient } from '../records/displayed-client.ts';
import type { ConsentContents } from '../pages/views.ts';
import type { Interaction } from '../authorization-request/interaction.ts';
import type { ConsentForm } from './consent-token.ts';
import type { ConsentCase } from './decide-consent.ts';
import { isRememberable } from './remembered-consent.ts';

/** Whether a client keeps its access beyond the first access token. */
export const isRefreshable = ({ grantTypes }: Pick<LocalizedClient, 'grantTypes'>): boolean =>
  grantTypes.includes('refresh_token');

/** Everything that the person decides about, as the page displays it. */
export function consentContents(
  { issuer, clientRules }: { readonly issuer: string; readonly clientRules: ClientRules },
  { id, request }: Interaction,
  { realm, client, bound, asleepSince, api, scopes, held, session: { person } }: ConsentCase,
): ConsentContents {
  const { lifetimes } = realm.settings;
  const destination = parseRedirectUri(request.redirectUri);
  if (!destination.ok) throw new Error('An interaction holds a redirect URI that cannot be registered.');
  const documentHost = documentHostOf(client);
  const { kind } = destination.uri;
  const vendors = vendorsOf(realm, clientRules.vendors);
  const isPassedOn = kind === 'https' && passesResponsesOn(destination.uri.host, vendors);
  const isHere = kind === 'loopback' && client.verifiedBy === undefined;
  const canBeImitated = (kind !== 'https' || isPassedOn) && isPublic(client) && bound === undefined;
  const claimsToBe = isHere ? vendorNamed(client, realm, clientRules.vendors) : undefined;
  return {
    realmName: realm.name,
    client: {
      name: client.name,
      ...(client.nameLanguage !== undefined && { language: client.nameLanguage }),
      issuedAt: client.issuedAt,
      ...markAt(client, destination.uri, bound, isPassedOn),
      ...(documentHost !== undefined && { documentHost }),
      ...(client.verifier !== undefined && { hasRegistered: true }),
      ...(claimsToBe !== undefined && { claimsToBe }),
      ...(canBeImitated && { canBeImitated }),
      ...(registrationOf(client).accessTokenHash !== undefined && { mayHaveChanged: true }),
      ...(asleepSince !== undefined && { asleepSince }),
      destination: destination.uri,
    },
    api: { name: api.name, resource: api.resource },
    scopes: realm.scopes.filter(({ name }) => scopes.includes(name)),
    held: realm.scopes.filter(({ name }) => held.includes(name)),
    durations: realm.settings.consent.durations,
    person,
    isRemembered: isRememberable(client, request.redirectUri, vendors),
    lasts: isRefreshable(client) ? idleLifetime(client, realm.settings) : lifetimes.accessToken,
    switchPerson: switchPersonPage(issuer, id),
    connectedApps: pageAt(issuer, 'apps', placeAt(issuer, id)),
    action: pageAt(issuer, 'consent', placeAt(issuer, id)),
    interaction: id,
  };
}

/** What a grant stores about the page, from what the decision is bound to. */
export const displayedClient = ({
  contents: { client },
  document,
}: Omit<ConsentForm, 'browserSecret'>): DisplayedClient => ({
  name: client.name,
  ...(client.language !== undefined && { language: client.language }),
  ...(client.verifiedBy !== undefined && { verifiedBy: client.verifiedBy }),
  ...(client.isPreregistered !== undefined && { isPreregistered: client.isPreregistered }),
  redirectUri: client.destination.raw,
  ...(document !== undefined && { document }),
});

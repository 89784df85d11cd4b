import { recordedDifference } from '../audit/recorded-state.ts';
import { type Client, isSelfRegistered, type PreregisteredClient } from '../client/client.ts';
import type { Preregistration } from '../client/preregistration.ts';
import type { Act } from './act-context.ts';

/** What an event contains about a client: the number of its secrets, but no secret and no hash. */
export const clientState = (client: Client): object => ({
  name: client.name,
  redirectUris: client.redirectUris,
  blocked: client.blockedAt !== undefined,
  ...(!isSelfRegistered(client) && termsState(client.terms)),
});

const termsState = ({ authentication, access, rememberConsent }: Preregistration): object => ({
  authentication: authentication.method,
  ...('secretHashes' in authentication && { secrets: authentication.secretHashes.length }),
  ...('jwksUri' in authentication && { jwksUri: authentication.jwksUri }),
  ...('jwks' in authentication && { keys: authentication.jwks?.keys }),
  access: access.map(({ resource, scopes }) => `${resource} ${scopes.join(' ')}`),
  rememberConsent,
});

/** The event of an act on a pre-registered client, with what changed. */
export const termsEvent = (
  type: 'client.preregistered' | 'client.amended',
  before: Client | undefined,
  client: PreregisteredClient,
): Act['event'] => ({
  type,
  clientId: client.id,
  clientName: client.name,
  redirectUris: client.redirectUris,
  access: client.terms.access,
  ...(before?.kind === 'metadata-document' && { replacedDocument: true as const }),
  ...recordedDifference(before && clientState(before), clientState(client)),
});

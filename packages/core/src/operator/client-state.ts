import type { StoredClient } from '../client/stored-client.ts';

/** What an event says of a client: no secret and no hash, but how many secrets it has. */
export const clientState = ({ name, redirectUris, blockedAt, preregistration }: StoredClient): object => ({
  name,
  redirectUris,
  blocked: blockedAt !== undefined,
  ...(preregistration !== undefined && {
    authentication: preregistration.authentication.method,
    ...('secretHashes' in preregistration.authentication && {
      secrets: preregistration.authentication.secretHashes.length,
    }),
    ...('jwksUri' in preregistration.authentication && { jwksUri: preregistration.authentication.jwksUri }),
    ...('jwks' in preregistration.authentication && { keys: preregistration.authentication.jwks?.keys }),
    access: preregistration.access.map(({ resource, scopes }) => `${resource} ${scopes.join(' ')}`),
    rememberConsent: preregistration.rememberConsent,
  }),
});

import { obtainableScopes } from '@vestibule/core';
import { findRealm } from '@vestibule/core/realm';
import { allowMethods, type Handler, type Route, withErrorBoundary } from '@vestibule/http';
import { localKeys, type RoutesBeside } from '@vestibule/node';
import { createResourceServer, IssuerUnavailable } from '@vestibule/resource-server';

/** Serves an API beside each realm that has one with the id `notes` at its own origin. It responds 204 to a valid token. */
export const protectedApi: RoutesBeside = (realm, server, { realms, clock, onError }): readonly Route[] => {
  const { origin } = new URL(realm.issuer);
  const api = realm.apis.find(({ id, resource }) => id === 'notes' && URL.parse(resource)?.origin === origin);
  if (api === undefined) return [];
  const { resource } = api;
  const resourceServer = createResourceServer({
    issuer: realm.issuer,
    resource,
    current: async () => {
      const now = await findRealm(realms, realm.id);
      const found = now?.apis.find(({ id }) => id === api.id);
      if (now === undefined || found === undefined) return { name: api.name };
      return { name: found.name, scopes: obtainableScopes(now, [found]), dpop: found.dpop ?? 'off' };
    },
    scopesNow: ({ grantId = '', ...token }) => server.scopesNow({ ...token, grantId, resource }),
    fetch: localKeys(server),
    clock,
  });
  const endpoint: Handler = async (request) => {
    try {
      const admission = await resourceServer.admit(request, []);
      return admission.ok ? new Response(null, { status: 204 }) : admission.response;
    } catch (error) {
      throw error instanceof IssuerUnavailable && error.cause !== undefined ? error.cause : error;
    }
  };
  return [
    { path: new URL(resource).pathname, endpoint: withErrorBoundary(onError, endpoint) },
    {
      path: resourceServer.metadataPath,
      endpoint: withErrorBoundary(
        onError,
        allowMethods(['GET'], () => resourceServer.metadata()),
      ),
    },
  ];
};

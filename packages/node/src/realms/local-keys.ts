import type { StoreUnavailable } from '@vestibule/core';
import type { AuthorizationServer } from '@vestibule/server';

/**
 * A `fetch` for the resource server of an API in the same process: it gets the keys of the authorization server without a network
 * request. If the database cannot be read, it throws an error with the code `STORE_UNAVAILABLE`, because the token may be
 * valid.
 *
 * @example
 * createResourceServer({ issuer, resource, fetch: localKeys(server) });
 */
export const localKeys =
  (server: Pick<AuthorizationServer, 'jwks'>) =>
  async (url: string): Promise<Response> => {
    const response = await server.jwks(new Request(url), { ip: '' });
    if (response.status === 503) throw keysUnavailable(response);
    return response;
  };

const keysUnavailable = ({ headers }: Response): StoreUnavailable =>
  Object.assign(new Error('The signing keys cannot be read at the moment.'), {
    code: 'STORE_UNAVAILABLE',
    retryAfter: Number(headers.get('retry-after')),
  } as const);

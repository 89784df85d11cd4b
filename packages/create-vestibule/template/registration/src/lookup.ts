import { bearerToken, type Endpoint, sha256 } from '@vestibule/http';
import type { Permission } from './may-use.ts';

interface Question {
  readonly clientId: string;
  readonly resource: string;
  readonly scopes: readonly string[] | undefined;
}

/**
 * For your authorization server: `GET /lookup?client_id=…&resource=…&scope=…` with the lookup token. Ask before a code, at the
 * exchange of the code and at each refresh, so that a closed gate takes effect at once.
 */
export const lookupEndpoint =
  (mayUse: (question: Question) => Promise<Permission | undefined>, lookupToken: string): Endpoint =>
  async (request) => {
    const token = bearerToken(request);
    if (token === undefined || sha256(token) !== sha256(lookupToken)) return undefined;
    const { searchParams } = new URL(request.url);
    const permission = await mayUse({
      clientId: searchParams.get('client_id') ?? '',
      resource: searchParams.get('resource') ?? '',
      scopes: searchParams.get('scope')?.split(' '),
    });
    return permission === undefined
      ? Response.json({ error: 'invalid_client' }, { status: 404 })
      : Response.json(permission, { headers: { 'cache-control': 'no-store' } });
  };

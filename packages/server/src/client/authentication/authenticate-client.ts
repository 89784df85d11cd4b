import { type Client, isSelfRegistered, quote, quoteClientId } from '@vestibule/core';
import type { PlainRequest } from '@vestibule/http';
import { asMisused, refuse, type TokenRefusal } from '../../errors/token-refusal.ts';
import { assertedClient } from './assertion.ts';
import { type Credentials, credentialsOf } from './credentials.ts';
import { type ClientAuthenticationContext, proofProblem } from './proof.ts';
import { challenged, type Refused } from '../../errors/client-refusal.ts';

export type ClientAuthenticated = { readonly ok: true; readonly client: Client } | Refused;

/**
 * Authenticates the client of a request, by exactly its registered method. A dynamic client has none: it sends only its id.
 * Does not check whether the client is blocked or expired.
 *
 * @param request for its headers; its body was read before
 * @param parameters those of the body, none of them empty or repeated
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3 RFC 6749 §2.3}
 * @throws KeysUnavailable if the keys of the client cannot be fetched at the moment
 */
export async function authenticateClient(
  context: ClientAuthenticationContext,
  request: Pick<PlainRequest, 'headers'>,
  parameters: URLSearchParams,
): Promise<ClientAuthenticated> {
  const credentials = credentialsOf(request.headers.get('authorization'), parameters);
  if ('error' in credentials) return challenged(credentials, request);
  const clientId = claimedId(credentials);
  const client = clientId === undefined ? undefined : await context.clients.find(context.realm, clientId);
  const refusedAs = (refusal: TokenRefusal): Refused => ({
    ...challenged(refusal, request),
    ...(clientId !== undefined && { claimedClientId: (client ? quote : quoteClientId)(clientId) }),
  });
  if (client === undefined) {
    return refusedAs(
      credentials.method === 'none'
        ? refuse('invalid_client', 'no such client; register again', 'no such client')
        : notProven('no such client'),
    );
  }
  if (isSelfRegistered(client) && credentials.method !== 'none') {
    const description =
      'clients that registered themselves are public: send client_id in the body, and no secret';
    return refusedAs(refuse('invalid_client', description));
  }
  const problem = await proofProblem(context, client, credentials);
  return problem === undefined ? { ok: true, client } : refusedAs(asMisused(notProven(problem)));
}

const claimedId = (credentials: Credentials): string | undefined =>
  credentials.clientId ??
  (credentials.method === 'private_key_jwt' ? assertedClient(credentials) : undefined);

/** The reason is only for the operator. */
const notProven = (reason: string) =>
  refuse('invalid_client', 'there is no such client, or it did not prove that it is that client', reason);

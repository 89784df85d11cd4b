import {
  acceptsDocument,
  type Client,
  type ClientAuthenticationMethod,
  quote,
  quoteClientId,
} from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { countedNetworksOf } from '@vestibule/core/registration';
import { type PlainRequest, type RequestInfo, sourceOf } from '@vestibule/http';
import { gateError } from '../../errors/gate-error.ts';
import { asMisused, closedGate, refuse, type TokenRefusal } from '../../errors/token-refusal.ts';
import { assertedClient } from './assertion.ts';
import { authenticationsOf } from './authentication-of.ts';
import { type Credentials, credentialsOf } from './credentials.ts';
import { ASSERTION_USED, type AssertionUse, type ClientAuthenticationContext, judgeProof } from './proof.ts';
import { challenged, type Refused } from '../../errors/client-refusal.ts';

export type ClientAuthenticated = AuthenticatedClient | Refused;

/** A client, and how it authenticated. */
export interface AuthenticatedClient {
  readonly ok: true;
  readonly client: Client;
  readonly method: ClientAuthenticationMethod;
  /** The change that uses up its assertion. If it is not made, the request is refused as {@link assertionUsed}. */
  readonly use?: AssertionUse;
}

/**
 * Authenticates the client of a request, by a method that it is registered with or that its document names. A dynamic client has none:
 * it sends only its id. Does not check whether the client is blocked or expired.
 *
 * @param request for its headers; its body was read before
 * @param parameters those of the body, none of them empty or repeated
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3 RFC 6749 §2.3}
 * @throws KeysUnavailable if the keys of the client cannot be fetched at the moment
 */
export async function authenticateClient(
  context: ClientAuthenticationContext,
  realm: Realm,
  request: Pick<PlainRequest, 'headers'>,
  info: RequestInfo,
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
  const { method } = credentials;
  const unusable = unusableMethod(realm, client, method);
  if (unusable !== undefined) return refusedAs(unusable);
  const networks = () => countedNetworksOf(realm, sourceOf(info.ip, request.headers.get('origin')));
  const proof = await judgeProof(context, realm, client, credentials, networks);
  return proof.ok ? { ...proof, client, method } : refusedAs(asMisused(notProven(proof.problem)));
}

/** The refusal of an assertion that another request has used at the same time. */
export const assertionUsed = (): TokenRefusal => asMisused(notProven(ASSERTION_USED));

/** Why a self-registered client cannot authenticate by a method, which is not a secret: everybody can read how it may. */
function unusableMethod(
  realm: Realm,
  client: Client,
  used: ClientAuthenticationMethod,
): TokenRefusal | undefined {
  switch (client.kind) {
    case 'pre-registered':
      return undefined;
    case 'dynamic':
      return used === 'none'
        ? undefined
        : refuse(
            'invalid_client',
            'clients that registered themselves are public: send client_id in the body, and no secret',
          );
    case 'metadata-document': {
      const methods = authenticationsOf(client).map(({ method }) => method);
      if (!methods.includes(used)) {
        const description = `the metadata document of this client says that it authenticates by ${methods.join(' or ')}`;
        return asMisused(refuse('invalid_client', description));
      }
      // Nothing is fetched for a client that no gate is open to.
      return used === 'private_key_jwt' && !acceptsDocument(realm, client.document.uri)
        ? closedGate(gateError('realm', { resource: '', scope: '' }))
        : undefined;
    }
  }
}

const claimedId = (credentials: Credentials): string | undefined =>
  credentials.clientId ??
  (credentials.method === 'private_key_jwt' ? assertedClient(credentials) : undefined);

/** The reason is only for the operator. */
const notProven = (reason: string) =>
  refuse('invalid_client', 'there is no such client, or it did not prove that it is that client', reason);

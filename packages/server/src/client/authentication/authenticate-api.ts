import { equalInConstantTime } from '@vestibule/core';
import { apiSecretHash } from '@vestibule/core/operator';
import type { Api, Realm } from '@vestibule/core/realm';
import { errorReply, type PlainRequest, type Reply } from '@vestibule/http';
import { basicCredentials } from './basic.ts';
import { sha256 } from '../../web/digest.ts';

export type ApiAuthentication =
  { readonly ok: true; readonly api: Api } | { readonly ok: false; readonly response: Reply };

/**
 * Authenticates an API of the realm by its id and a secret from an operator (HTTP Basic). The response does not tell what is
 * wrong.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2.1 RFC 7662 §2.1}
 */
export function authenticateApi(realm: Realm, request: PlainRequest): ApiAuthentication {
  const credentials = basicCredentials(request.headers.get('authorization') ?? '');
  // Always hashed, so that the response takes the same time for an unknown API.
  const hash = apiSecretHash(sha256, credentials?.secret ?? '');
  const api = realm.apis.find(({ id }) => id === credentials?.id);
  const isTheirs = api?.secretHashes?.some((known) => equalInConstantTime(known, hash)) === true;
  return isTheirs ? { ok: true, api } : { ok: false, response: unauthorized() };
}

const unauthorized = (): Reply =>
  errorReply(401, 'invalid_client', 'an API authenticates here with its id and its secret', {
    'www-authenticate': 'Basic realm="api", charset="UTF-8"',
  });

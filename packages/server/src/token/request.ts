import { type ClientResolver, quote, type StoredClient } from '@vestibule/core';
import { hasMediaType, MAX_BODY_BYTES, readText } from '@vestibule/http';
import { repeatedParameter } from '../parameters/parameters.ts';
import { refuse, statusOf, type TokenRefusal } from './refusal.ts';

/** A token request by a client that is known. */
export interface TokenRequest {
  readonly client: StoredClient;
  readonly parameters: URLSearchParams;
}

export type ReadTokenRequest =
  | { readonly ok: true; readonly request: TokenRequest }
  | {
      readonly ok: false;
      readonly refusal: TokenRefusal;
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
    };

/**
 * Reads a token request and finds its client, before the grant is looked at: what an unknown client sends is
 * nobody's business, and it learns nothing about codes and tokens.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.2 RFC 6749 §3.2}
 */
export async function readTokenRequest(
  realm: string,
  clients: ClientResolver,
  request: Request,
): Promise<ReadTokenRequest> {
  if (!hasMediaType(request, 'application/x-www-form-urlencoded')) {
    return no(refuse('invalid_request', 'the body must be application/x-www-form-urlencoded'), 415);
  }
  const body = await readText(request);
  if (!body.ok) {
    return body.problem === 'too-large'
      ? no(refuse('invalid_request', `the body must be at most ${MAX_BODY_BYTES} bytes`), 413)
      : no(refuse('invalid_request', 'the body must be UTF-8'));
  }
  const parameters = withoutEmpty(new URLSearchParams(body.text));

  // RFC 6749 §2.3: these clients authenticate by no means at all, so any attempt is by somebody else.
  if (request.headers.has('authorization') || parameters.has('client_secret')) {
    const refusal = refuse(
      'invalid_client',
      'clients here are public: send client_id in the body, and no secret',
    );
    const challenge = request.headers.has('authorization')
      ? { 'www-authenticate': 'Basic realm="token"' }
      : {};
    return { ...no(refusal), headers: challenge };
  }
  const [clientId, another] = parameters.getAll('client_id');
  if (clientId === undefined) return no(refuse('invalid_client', 'client_id is missing'));
  if (another !== undefined) return no(refuse('invalid_request', 'client_id is repeated'));
  const client = await clients.resolve(realm, clientId);
  if (client === undefined) {
    return no(refuse('invalid_client', 'no such client; register again', 'no such client'));
  }

  const repeated = repeatedParameter(parameters, ['resource']);
  if (repeated !== undefined) {
    return no(refuse('invalid_request', `${quote(repeated)} is repeated`));
  }
  return { ok: true, request: { client, parameters } };
}

/** RFC 6749 §3.2: a parameter without a value counts as absent. */
const withoutEmpty = (parameters: URLSearchParams): URLSearchParams =>
  new URLSearchParams([...parameters].filter(([, value]) => value !== ''));

const no = (
  refusal: TokenRefusal,
  status: number = statusOf(refusal.error),
): ReadTokenRequest & { ok: false } => ({
  ok: false,
  refusal,
  status,
});

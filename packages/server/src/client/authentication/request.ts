import type { AssertionUse, ClientAuthenticationContext } from './proof.ts';
import type { Client, ClientAuthenticationMethod } from '@vestibule/core';
import { recordingKeysUnavailable } from '@vestibule/core/audit';
import type { Realm } from '@vestibule/core/realm';
import type { PlainRequest, RequestInfo } from '@vestibule/http';
import { type FormParameters, readParameters } from '../../web/read-parameters.ts';
import { refuse } from '../../errors/token-refusal.ts';
import { assertedClient } from './assertion.ts';
import { authenticateClient } from './authenticate-client.ts';
import { type Refused, refused } from '../../errors/client-refusal.ts';

/** A request with an authenticated client. */
export interface ClientRequest {
  readonly client: Client;
  /** How it authenticated. */
  readonly method: ClientAuthenticationMethod;
  /** The change that uses up its assertion, to be committed when the request is valid. */
  readonly use?: AssertionUse;
  /** The parameters of the body: none is empty, and only `resource` can be repeated. */
  readonly parameters: URLSearchParams;
}

/**
 * Reads the request of a client and authenticates it before anything else is checked, so that an unknown client learns
 * nothing about codes and tokens.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.2 RFC 6749 §3.2}
 */
export const readClientRequest = async (
  context: ClientAuthenticationContext,
  realm: Realm,
  request: PlainRequest,
  info: RequestInfo,
): Promise<{ readonly ok: true; readonly request: ClientRequest } | Refused> =>
  clientRequestOf(context, realm, request, info, await readClientParameters(request));

/** The parameters of a request of a client. */
export const readClientParameters = (request: PlainRequest): Promise<FormParameters> =>
  readParameters(request, ['resource']);

/** The client that a request names, before anything is verified: by its id, or only by its assertion. */
export function namedClient(parameters: URLSearchParams): string | undefined {
  const assertion = parameters.get('client_assertion');
  return parameters.get('client_id') ?? (assertion === null ? undefined : assertedClient({ assertion }));
}

/** Authenticates the client of a request whose parameters were read. */
export async function clientRequestOf(
  context: ClientAuthenticationContext,
  realm: Realm,
  request: PlainRequest,
  info: RequestInfo,
  read: FormParameters,
): Promise<{ readonly ok: true; readonly request: ClientRequest } | Refused> {
  if (!read.ok) return refused(refuse('invalid_request', read.description), read.status);
  const { parameters } = read;
  const { audit, clock } = context;
  const authenticated = await recordingKeysUnavailable(
    audit,
    () => ({ realm: realm.id, at: clock(), ip: info.ip }),
    authenticateClient(context, realm, request, info, parameters),
  );
  if (!authenticated.ok) return authenticated;
  const { ok: _ok, ...proven } = authenticated;
  return { ok: true, request: { ...proven, parameters } };
}

import type { ClientAuthenticationContext } from './proof.ts';
import type { Client } from '@vestibule/core';
import { recordingKeysUnavailable } from '@vestibule/core/audit';
import type { PlainRequest, RequestInfo } from '@vestibule/http';
import { type FormParameters, readParameters } from '../../web/read-parameters.ts';
import { refuse } from '../../errors/token-refusal.ts';
import { authenticateClient } from './authenticate-client.ts';
import { type Refused, refused } from '../../errors/client-refusal.ts';

/** A request with an authenticated client. */
export interface ClientRequest {
  readonly client: Client;
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
  request: PlainRequest,
  info: RequestInfo,
): Promise<{ readonly ok: true; readonly request: ClientRequest } | Refused> =>
  clientRequestOf(context, request, info, await readClientParameters(request));

/** The parameters of a request of a client. */
export const readClientParameters = (request: PlainRequest): Promise<FormParameters> =>
  readParameters(request, ['resource']);

/** Authenticates the client of a request whose parameters were read. */
export async function clientRequestOf(
  context: ClientAuthenticationContext,
  request: PlainRequest,
  info: RequestInfo,
  read: FormParameters,
): Promise<{ readonly ok: true; readonly request: ClientRequest } | Refused> {
  if (!read.ok) return refused(refuse('invalid_request', read.description), read.status);
  const { parameters } = read;
  const { audit, realm, clock } = context;
  const authenticated = await recordingKeysUnavailable(
    audit,
    () => ({ realm, at: clock(), ip: info.ip }),
    authenticateClient(context, request, parameters),
  );
  return authenticated.ok
    ? { ok: true, request: { client: authenticated.client, parameters } }
    : authenticated;
}

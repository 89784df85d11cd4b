import type { Options } from '../registrar-options.ts';
import { type ClientInformationResponse, toClientInformationResponse } from '../respond.ts';
import { authenticate } from './authenticate.ts';
import type { ManagementObstacle, ManagementRequest, Manager } from './request.ts';

/** The result of reading a registration. */
export type ReadOutcome =
  { readonly outcome: 'read'; readonly response: ClientInformationResponse } | ManagementObstacle;

/** @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-2.1 RFC 7592 §2.1} */
export async function readRegistration(options: Options, request: ManagementRequest): Promise<ReadOutcome> {
  const found = await authenticate(options, request);
  if ('outcome' in found) return found;
  return { outcome: 'read', response: answerTo(found) };
}

/** The registration of a client as it is returned to the client. */
export const answerTo = ({ realm, client, token, uri }: Manager): ClientInformationResponse =>
  toClientInformationResponse(client, realm, {
    registration_client_uri: uri,
    registration_access_token: token,
  });

import { checkOptions, type OptionTable } from '@vestibule/core';
import type { ManagementObstacle, ManagementRequest, Registrar } from '@vestibule/core/registration';
import { sourceOf } from '../client-address/source.ts';
import { bearerToken, unauthorized } from '../authorization/bearer.ts';
import { readJson } from '../body/read-json.ts';
import type { Endpoint } from '../handler.ts';
import { refusedResponse } from './refused-response.ts';
import { readableByPages, withCors } from '../response/cors.ts';
import { failureResponse, type OnError, withErrorBoundary } from '../response/error-boundary.ts';
import { json, oauthError, tooMany } from '../response/json.ts';
import { allowMethods } from '../response/methods.ts';

/** Options of `createManagementEndpoint`. */
export interface ManagementEndpointOptions {
  readonly registrar: Registrar;
  /** The id of the realm that the clients are registered in. */
  readonly realm: string;
  readonly onError: OnError;
  /** As in the options of the registration endpoint. */
  readonly rulesUri?: string;
}

const OPTIONS: OptionTable<ManagementEndpointOptions> = {
  registrar: 'isManageable()',
  realm: 'string',
  onError: 'function',
  rulesUri: 'url?',
};

const METHODS = ['GET', 'PUT', 'DELETE'];

/**
 * The client configuration endpoint: a client reads, replaces and deletes its own registration. The last segment of the path
 * is the `client_id`. If the realm does not allow it, the endpoint returns `undefined`.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 * @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-2 RFC 7592 §2}
 */
export function createManagementEndpoint(options: ManagementEndpointOptions): Endpoint {
  checkOptions('createManagementEndpoint', options, OPTIONS);
  const { registrar, realm, onError, rulesUri } = options;

  async function read(asked: ManagementRequest): Promise<Response | undefined> {
    const outcome = await registrar.read(asked);
    return outcome.outcome === 'read' ? json(200, outcome.response) : obstacle(outcome);
  }

  async function update(request: Request, asked: ManagementRequest): Promise<Response | undefined> {
    // Checks access before the body, so that an unauthorized request learns nothing about its body.
    const access = await registrar.read(asked);
    if (access.outcome !== 'read') return obstacle(access);
    const body = await readJson(request);
    if (!body.ok) return refusedResponse(body.refusal, rulesUri, body.status);
    const outcome = await registrar.update(asked, body.value);
    switch (outcome.outcome) {
      case 'updated':
        return json(200, outcome.response);
      case 'refused':
        return refusedResponse(outcome.refusal, rulesUri);
      case 'limited':
        return tooMany('updates of this registration', outcome.retryAfter);
      case 'conflict':
        return oauthError(
          409,
          'invalid_request',
          'another request changed the registration at the same moment; nothing was changed by this one',
        );
      case 'closed':
      case 'unauthorized':
      case 'blocked':
        return obstacle(outcome);
    }
  }

  async function remove(asked: ManagementRequest): Promise<Response | undefined> {
    const outcome = await registrar.remove(asked);
    return outcome.outcome === 'removed' ? noContent() : obstacle(outcome);
  }

  const answer: Endpoint = async (request, { ip }) => {
    const asked = {
      realm,
      clientId: lastSegment(request),
      token: bearerToken(request),
      source: sourceOf(ip),
    };
    switch (request.method) {
      case 'PUT':
        return update(request, asked);
      case 'DELETE':
        return remove(asked);
      default:
        return read(asked);
    }
  };
  const open = withCors(METHODS, withErrorBoundary(onError, allowMethods(METHODS, answer)));
  const door: Endpoint = async (request, info) =>
    (await registrar.isManageable(realm)) ? open(request, info) : undefined;
  return withErrorBoundary(onError, door, (failure) => readableByPages(failureResponse(failure)));
}

function obstacle(found: ManagementObstacle): Response | undefined {
  switch (found.outcome) {
    case 'closed':
      return undefined;
    case 'unauthorized':
      return unauthorized(
        found.token,
        found.token === 'missing'
          ? 'send the registration access token in the Authorization header'
          : 'there is no such client, or this is not its registration access token',
      );
    case 'blocked':
      return oauthError(403, 'access_denied', 'an operator has blocked this client; it cannot be changed');
  }
}

/** The last segment as it was sent. A `client_id` needs no escaping, so an escaped one is unknown. */
const lastSegment = (request: Request): string => new URL(request.url).pathname.split('/').at(-1) ?? '';

const noContent = (): Response =>
  new Response(null, { status: 204, headers: { 'cache-control': 'no-store', pragma: 'no-cache' } });

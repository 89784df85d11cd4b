import { checkOptions, type OptionTable } from '@vestibule/core';
import type { ManagementObstacle, ManagementRequest, Registrar } from '@vestibule/core/registration';
import { sourceOf } from '../client-address/source.ts';
import { bearerToken, unauthorized } from '../authorization/bearer.ts';
import { readJson } from '../body/read-json.ts';
import type { Endpoint } from '../handler.ts';
import { refusedReply } from './refused-reply.ts';
import type { PlainRequest } from '../program/plain-request.ts';
import type { PlainHandler } from '../program/plain-endpoint.ts';
import { programEndpoint } from '../program/program-endpoint.ts';
import { errorReply, jsonReply, type Reply, tooManyReply } from '../program/reply.ts';
import type { OnError } from '../response/error-boundary.ts';

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

  async function read(asked: ManagementRequest): Promise<Reply | undefined> {
    const outcome = await registrar.read(asked);
    return outcome.outcome === 'read' ? jsonReply(200, outcome.response) : obstacle(outcome);
  }

  async function update(request: PlainRequest, asked: ManagementRequest): Promise<Reply | undefined> {
    // Checks access before the body, so that an unauthorized request learns nothing about its body.
    const access = await registrar.read(asked);
    if (access.outcome !== 'read') return obstacle(access);
    const body = await readJson(request);
    if (!body.ok) return refusedReply(body.refusal, rulesUri, body.status);
    const outcome = await registrar.update(asked, body.value);
    switch (outcome.outcome) {
      case 'updated':
        return jsonReply(200, outcome.response);
      case 'refused':
        return refusedReply(outcome.refusal, rulesUri);
      case 'limited':
        return tooManyReply('updates of this registration', outcome.retryAfter);
      case 'conflict':
        return errorReply(
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

  async function remove(asked: ManagementRequest): Promise<Reply | undefined> {
    const outcome = await registrar.remove(asked);
    return outcome.outcome === 'removed' ? noContent() : obstacle(outcome);
  }

  const handler: PlainHandler<Reply | undefined> = async (request, { ip }) => {
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
  return programEndpoint({
    methods: METHODS,
    onError,
    exists: () => registrar.isManageable(realm),
    handler,
  });
}

function obstacle(found: ManagementObstacle): Reply | undefined {
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
      return errorReply(403, 'access_denied', 'an operator has blocked this client; it cannot be changed');
  }
}

/** The last segment as it was sent. A `client_id` needs no escaping, so an escaped one is unknown. */
const lastSegment = (request: PlainRequest): string => new URL(request.url).pathname.split('/').at(-1) ?? '';

const noContent = (): Reply => ({
  status: 204,
  headers: { 'cache-control': 'no-store', pragma: 'no-cache' },
});

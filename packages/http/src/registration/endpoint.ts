import {
  type RegistrationErrorCode,
  type RegistrationOutcome,
  type RegistrationSource,
  type Registrar,
  refusal,
} from '@vestibule/core';
import { addressKey } from '../address-key.ts';
import { hasMediaType } from '../body/media-type.ts';
import { MAX_BODY_BYTES, readText } from '../body/read-text.ts';
import type { Endpoint } from '../handler.ts';
import { readableByPages, withCors } from '../response/cors.ts';
import { failureResponse, type OnError, withErrorBoundary } from '../response/error-boundary.ts';
import { json, oauthError } from '../response/json.ts';
import { allowMethods } from '../response/methods.ts';

export interface RegistrationEndpointOptions {
  readonly registrar: Registrar;
  /** The id of the realm that clients register in. */
  readonly realm: string;
  readonly onError: OnError;
}

/** Every refusal of a registration is the client's to mend. A new code does not compile until it stands here. */
const STATUS: Readonly<Record<RegistrationErrorCode, number>> = {
  invalid_redirect_uri: 400,
  invalid_client_metadata: 400,
};

/**
 * The client registration endpoint. Where the realm's door is closed it has nothing to say, so that it answers
 * exactly as an unknown path does, whatever the method.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3 RFC 7591 §3}
 */
export function createRegistrationEndpoint(options: RegistrationEndpointOptions): Endpoint {
  const { registrar, realm, onError } = options;

  const register: Endpoint = async (request, { ip }) => {
    const source: RegistrationSource = { ip, addressKey: addressKey(ip) };
    const body = await readJson(request);
    if (body.ok) return toResponse(await registrar.register(realm, body.value, source));
    const { status, rule, problem } = body;
    const refused = refusal('invalid_client_metadata', rule, problem);
    await registrar.refuse(realm, refused, source);
    return oauthError(status, refused.code, refused.description);
  };
  const answer = withCors(['POST'], withErrorBoundary(onError, allowMethods(['POST'], register)));
  const door: Endpoint = async (request, info) =>
    (await registrar.isOpen(realm)) ? answer(request, info) : undefined;
  return withErrorBoundary(onError, door, (failure) => readableByPages(failureResponse(failure)));
}

type JsonBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: number; readonly rule: string; readonly problem: string };

async function readJson(request: Request): Promise<JsonBody> {
  if (!hasMediaType(request, 'application/json')) {
    const problem = 'the body must be application/json, in UTF-8 and not compressed';
    return { ok: false, status: 415, rule: 'body.media-type', problem };
  }
  const body = await readText(request);
  if (!body.ok) {
    return body.problem === 'too-large'
      ? {
          ok: false,
          status: 413,
          rule: 'body.size',
          problem: `the body must be at most ${MAX_BODY_BYTES} bytes`,
        }
      : { ok: false, status: 400, rule: 'body.utf-8', problem: 'the body must be UTF-8' };
  }
  try {
    return { ok: true, value: JSON.parse(body.text) };
  } catch {
    const problem = 'the body must be a JSON object; this is not JSON';
    return { ok: false, status: 400, rule: 'body.json', problem };
  }
}

function toResponse(outcome: RegistrationOutcome): Response | undefined {
  switch (outcome.outcome) {
    case 'registered':
      return json(201, outcome.response);
    case 'refused': {
      const { code, description } = outcome.refusal;
      return oauthError(STATUS[code], code, description);
    }
    case 'limited': {
      const retryAfter = String(outcome.retryAfter);
      const description = `too many registrations; try again in ${retryAfter} seconds`;
      return oauthError(429, 'too_many_requests', description, { 'retry-after': retryAfter });
    }
    case 'closed':
      return undefined;
  }
}

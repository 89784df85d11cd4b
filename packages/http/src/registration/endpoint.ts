import type { RegistrationErrorCode, RegistrationOutcome, Registrar } from '@vestibule/core';
import { addressKey } from '../address-key.ts';
import { hasMediaType } from '../body/media-type.ts';
import { MAX_BODY_BYTES, readText } from '../body/read-text.ts';
import type { Endpoint } from '../handler.ts';
import { withCors } from '../response/cors.ts';
import { json, oauthError } from '../response/json.ts';
import { allowMethods } from '../response/methods.ts';

export interface RegistrationEndpointOptions {
  readonly registrar: Registrar;
  /** The id of the realm that clients register in. */
  readonly realm: string;
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
export function createRegistrationEndpoint({ registrar, realm }: RegistrationEndpointOptions): Endpoint {
  const answer = withCors(
    ['POST'],
    allowMethods(['POST'], async (request, { ip }) => {
      const body = await readJson(request);
      if (!body.ok) return body.response;
      return toResponse(await registrar.register(realm, body.value, { ip, addressKey: addressKey(ip) }));
    }),
  );
  return async (request, info) => ((await registrar.isOpen(realm)) ? answer(request, info) : undefined);
}

type JsonBody =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly response: Response };

async function readJson(request: Request): Promise<JsonBody> {
  if (!hasMediaType(request, 'application/json')) {
    return refuse(415, 'invalid_request', 'the body must be application/json, in UTF-8 and not compressed');
  }
  const body = await readText(request);
  if (!body.ok) {
    return body.problem === 'too-large'
      ? refuse(413, 'invalid_request', `the body must be at most ${MAX_BODY_BYTES} bytes`)
      : refuse(400, 'invalid_client_metadata', 'the body must be UTF-8');
  }
  try {
    return { ok: true, value: JSON.parse(body.text) };
  } catch {
    return refuse(400, 'invalid_client_metadata', 'the body must be a JSON object; this is not JSON');
  }
}

function refuse(status: number, error: string, description: string): JsonBody {
  return { ok: false, response: oauthError(status, error, description) };
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

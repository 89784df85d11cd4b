import { checkOptions, type OptionTable } from '@vestibule/core';
import type { Registrar, RegistrationOutcome } from '@vestibule/core/registration';
import { sourceOf } from '../client-address/source.ts';
import { bearerToken, unauthorized } from '../authorization/bearer.ts';
import { readJson } from '../body/read-json.ts';
import type { Endpoint } from '../handler.ts';
import type { PlainRequest } from '../program/plain-request.ts';
import type { PlainHandler } from '../program/plain-endpoint.ts';
import { programEndpoint } from '../program/program-endpoint.ts';
import { jsonReply, type Reply, tooManyReply } from '../program/reply.ts';
import type { OnError } from '../response/error-boundary.ts';
import { explanation } from './explanation.ts';
import { refusedReply } from './refused-reply.ts';

/** Options of `createRegistrationEndpoint`. */
export interface RegistrationEndpointOptions {
  readonly registrar: Registrar;
  /** The id of the realm that clients register in. */
  readonly realm: string;
  readonly onError: OnError;
  /**
   * Whether a bearer token belongs to an operator. An operator can preview a registration: `POST` with `?preview` stores,
   * counts and records nothing.
   *
   * @default no token does
   */
  readonly isOperator?: (token: string) => Promise<boolean>;
  /** The page that describes every rule under its id. Errors then have the address of their rule as `error_uri`. */
  readonly rulesUri?: string;
}

const OPTIONS: OptionTable<RegistrationEndpointOptions> = {
  registrar: 'isOpen()',
  realm: 'string',
  onError: 'function',
  isOperator: 'function?',
  rulesUri: 'url?',
};

/**
 * The client registration endpoint. If registration is closed, it returns `undefined` for every method, so that the response
 * is the same as for an unknown path.
 *
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3 RFC 7591 §3}
 */
export function createRegistrationEndpoint(options: RegistrationEndpointOptions): Endpoint {
  checkOptions('createRegistrationEndpoint', options, OPTIONS);
  const { registrar, realm, onError, isOperator, rulesUri } = options;

  const register: PlainHandler<Reply | undefined> = async (request, { ip }) => {
    const admission = await registrar.admit(
      realm,
      sourceOf(ip, request.headers.get('origin')),
      bearerToken(request),
    );
    if (admission.outcome !== 'admitted') return toReply(admission);
    const body = await readJson(request);
    if (body.ok) return toReply(await registrar.register(admission, body.value));
    const outcome = await registrar.refuse(admission, body.refusal);
    return outcome.outcome === 'refused'
      ? refusedReply(body.refusal, rulesUri, body.status)
      : toReply(outcome);
  };

  const preview = async (request: PlainRequest): Promise<Reply | undefined> => {
    const token = bearerToken(request);
    if (token === undefined || !(await isOperator?.(token))) {
      return unauthorized(token === undefined ? 'missing' : 'invalid', 'a preview is for operators alone');
    }
    const body = await readJson(request);
    if (!body.ok) return refusedReply(body.refusal, rulesUri, body.status);
    const judged = await registrar.preview(realm, body.value);
    return judged && jsonReply(200, explanation(judged, rulesUri));
  };

  function toReply(outcome: RegistrationOutcome): Reply | undefined {
    switch (outcome.outcome) {
      case 'registered':
        return jsonReply(201, outcome.response);
      case 'refused':
        return refusedReply(outcome.refusal, rulesUri);
      case 'limited':
        return tooManyReply('registrations', outcome.retryAfter);
      case 'unauthorized':
        return unauthorized(
          outcome.token,
          outcome.token === 'missing'
            ? 'registration needs an initial access token in the Authorization header; ask the operator for one'
            : 'the initial access token is not valid, or no longer; ask the operator for another',
        );
      case 'closed':
        return undefined;
    }
  }

  const isPreview = (request: PlainRequest): boolean =>
    request.method === 'POST' && request.hasQuery && new URL(request.url).searchParams.has('preview');
  /** An operator can preview while registration is closed. */
  const isOperators = async (request: PlainRequest): Promise<boolean> =>
    isPreview(request) && ((await isOperator?.(bearerToken(request) ?? '')) ?? false);
  const isOpenTo = async (request: PlainRequest): Promise<boolean> =>
    (await registrar.isOpen(realm)) || isOperators(request);
  return programEndpoint({
    methods: ['POST'],
    onError,
    // The admission of a registration says itself whether registration is open.
    exists: (request) => (request.method === 'POST' && !isPreview(request)) || isOpenTo(request),
    handler: (request, info) => (isPreview(request) ? preview(request) : register(request, info)),
  });
}

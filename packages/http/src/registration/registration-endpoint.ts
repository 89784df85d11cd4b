import { checkOptions, type OptionTable } from '@vestibule/core';
import type { Registrar, RegistrationOutcome } from '@vestibule/core/registration';
import { sourceOf } from '../client-address/source.ts';
import { bearerToken, unauthorized } from '../authorization/bearer.ts';
import { readJson } from '../body/read-json.ts';
import type { Endpoint } from '../handler.ts';
import { readableByPages, withCors } from '../response/cors.ts';
import { failureResponse, type OnError, withErrorBoundary } from '../response/error-boundary.ts';
import { json, tooMany } from '../response/json.ts';
import { allowMethods } from '../response/methods.ts';
import { explanation } from './explanation.ts';
import { refusedResponse } from './refused-response.ts';

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

  const register: Endpoint = async (request, { ip }) => {
    const admission = await registrar.admit(
      realm,
      sourceOf(ip, request.headers.get('origin')),
      bearerToken(request),
    );
    if (admission.outcome !== 'admitted') return toResponse(admission);
    const body = await readJson(request);
    if (body.ok) return toResponse(await registrar.register(admission, body.value));
    const outcome = await registrar.refuse(admission, body.refusal);
    return outcome.outcome === 'refused'
      ? refusedResponse(body.refusal, rulesUri, body.status)
      : toResponse(outcome);
  };

  const preview: Endpoint = async (request) => {
    const token = bearerToken(request);
    if (token === undefined || !(await isOperator?.(token))) {
      return unauthorized(token === undefined ? 'missing' : 'invalid', 'a preview is for operators alone');
    }
    const body = await readJson(request);
    if (!body.ok) return refusedResponse(body.refusal, rulesUri, body.status);
    const judged = await registrar.preview(realm, body.value);
    return judged && json(200, explanation(judged, rulesUri));
  };

  function toResponse(outcome: RegistrationOutcome): Response | undefined {
    switch (outcome.outcome) {
      case 'registered':
        return json(201, outcome.response);
      case 'refused':
        return refusedResponse(outcome.refusal, rulesUri);
      case 'limited':
        return tooMany('registrations', outcome.retryAfter);
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

  /** An operator can preview while registration is closed. */
  const isOperators = async (request: Request): Promise<boolean> =>
    isPreview(request) && ((await isOperator?.(bearerToken(request) ?? '')) ?? false);
  const isPreview = ({ method, url }: Request): boolean =>
    method === 'POST' && url.includes('?') && new URL(url).searchParams.has('preview');
  const post: Endpoint = (request, info) =>
    isPreview(request) ? preview(request, info) : register(request, info);
  const answer = withCors(['POST'], withErrorBoundary(onError, allowMethods(['POST'], post)));
  const door: Endpoint = async (request, info) =>
    // The admission of a registration says itself whether registration is open.
    (request.method === 'POST' && !isPreview(request)) ||
    (await registrar.isOpen(realm)) ||
    (await isOperators(request))
      ? answer(request, info)
      : undefined;
  return withErrorBoundary(onError, door, (failure) => readableByPages(failureResponse(failure)));
}

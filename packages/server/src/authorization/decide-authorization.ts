import {
  askGates,
  canonicalResource,
  isIssuersOwn,
  parseRedirectUri,
  parseScope,
  quote,
  type Realm,
  type RedirectUri,
  type StoredClient,
} from '@vestibule/core';
import type { Capabilities } from '../capabilities.ts';
import { isRegistered } from '../client/is-registered.ts';
import type { Standing } from '../client/client-standing.ts';
import type { PageProblem } from '../pages/views.ts';
import type { AuthorizationRequest } from '../authorization-request/interaction.ts';
import { gateError } from '../errors/gate-error.ts';
import { repeatedParameter, REPEATED, single } from '../web/parameters.ts';
import type { AuthorizationError } from '../errors/authorization-error.ts';
import { readRequestedInteraction } from '../authorization-request/prompt.ts';
import { type ResponseMode, takesForms } from '../authorization-request/response-mode.ts';

/**
 * What becomes of an authorization request. That an answer must not be a redirect is in the type: only from
 * `redirect` on is the destination proven to be the client's.
 */
export type AuthorizationDecision =
  | { readonly kind: 'page'; readonly problem: PageProblem; readonly detail: string }
  /** Back to an app on this computer, or to a place that an operator chose, at once. */
  | ({ readonly kind: 'redirect' } & ErrorAnswer)
  /**
   * A page that says where the answer would go and leaves it to the person: anybody may register any https address,
   * so a redirect before a person was asked would send people wherever a stranger likes.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2 RFC 9700 §4.11.2}
   */
  | ({ readonly kind: 'inform' } & ErrorAnswer)
  | { readonly kind: 'interact'; readonly request: AuthorizationRequest };

/** An error and where it goes. */
export interface ErrorAnswer {
  readonly destination: RedirectUri;
  readonly state?: string;
  /** How it travels. Absent: in the query. */
  readonly responseMode?: ResponseMode;
  readonly error: AuthorizationError;
}

export interface AuthorizationQuestion {
  readonly parameters: URLSearchParams;
  readonly realm: Realm;
  /** The client of `client_id`, where it names one. */
  readonly client: StoredClient | undefined;
  /** Where that client stands now. */
  readonly standing: Standing;
  readonly capabilities: Capabilities;
  /** Whether the client pushed this request, now or before. */
  readonly isPushed: boolean;
}

/** The longest `state`, in characters: it is kept with the interaction, and strangers send it. */
const MAX_STATE_LENGTH = 4_096;

/** RFC 7636 §4.2: base64url of a SHA-256 hash is 43 characters. */
const S256_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** RFC 9449 §10: the thumbprint of a key, which is a SHA-256 hash, too. */
const THUMBPRINT = S256_CHALLENGE;

/** The longest `nonce`, in characters: it is kept with the code, and comes back in the ID token. */
const MAX_NONCE_LENGTH = 1_024;

/**
 * Judges an authorization request, before anybody is asked anything.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1 RFC 6749 §4.1.1}
 */
export function decideAuthorization(question: AuthorizationQuestion): AuthorizationDecision {
  const { parameters, realm, client, standing } = question;
  const clientId = single(parameters, 'client_id');
  if (clientId === REPEATED || clientId === undefined) {
    return page('client-missing', `client_id is ${clientId === undefined ? 'missing' : 'repeated'}`);
  }
  if (client === undefined || standing.kind === 'gone') {
    return unknown(clientId);
  }
  if (standing.kind === 'blocked') return page('client-blocked', `client_id ${quote(clientId)} is blocked`);

  const requested = single(parameters, 'redirect_uri');
  if (requested === REPEATED) return page('redirect-uri-missing', 'redirect_uri is repeated');
  const redirectUri = requested ?? onlyRedirectUri(client);
  if (redirectUri === undefined) return page('redirect-uri-missing', 'redirect_uri is missing');
  const registered = isRegistered(client, redirectUri);
  const parsed = parseRedirectUri(redirectUri);
  // One that was registered long ago may be one that would not be accepted today.
  if (!registered || !parsed.ok) {
    // An expired client is known only to a request that leads exactly where it registered.
    if (standing.kind === 'restorable') return unknown(clientId);
    return page(
      'redirect-uri-unregistered',
      `redirect_uri ${quote(redirectUri)} is not one that this client registered`,
    );
  }

  // The port of a loopback redirect URI is known only now, and the client may be older than the rule.
  if (client.preregistration === undefined && isIssuersOwn(realm.issuer, parsed.uri)) {
    return page(
      'redirect-uri-unregistered',
      `redirect_uri ${quote(redirectUri)} leads to the authorization server itself [redirect-uris.own-host]`,
    );
  }

  if (standing.kind === 'unacceptable') return page('client-unacceptable', standing.refusal.description);

  const destination = parsed.uri;
  const verdict = judgeRequest(question, client, destination);
  const state = single(parameters, 'state');
  const isPosted = single(parameters, 'response_mode') === 'form_post' && takesForms(destination);
  const echoed = {
    ...(typeof state === 'string' && state.length <= MAX_STATE_LENGTH && { state }),
    ...(isPosted && { responseMode: 'form_post' as const }),
  };
  if ('error' in verdict) {
    const isChosen = destination.kind === 'loopback' || client.preregistration !== undefined;
    const kind = isChosen && !isPosted ? 'redirect' : 'inform';
    return { kind, destination, error: verdict, ...echoed };
  }
  return { kind: 'interact', request: { ...verdict, redirectUri, ...echoed } };
}

/** OAuth 2.1 §4.1.1: `redirect_uri` may be left out where only one is registered. */
function onlyRedirectUri({ redirectUris }: StoredClient): string | undefined {
  return redirectUris.length === 1 ? redirectUris[0] : undefined;
}

/** What is left of a request when its redirect URI is proven. */
type JudgedRequest = Omit<AuthorizationRequest, 'redirectUri' | 'state' | 'responseMode'>;

function judgeRequest(
  { parameters, realm, capabilities, isPushed }: AuthorizationQuestion,
  client: StoredClient,
  destination: RedirectUri,
): JudgedRequest | AuthorizationError {
  const repeated = repeatedParameter(parameters, ['resource']);
  if (repeated !== undefined) return refuse('invalid_request', `${quote(repeated)} is repeated`);
  const value = (name: string): string | undefined => parameters.get(name) || undefined;
  if ((value('state') ?? '').length > MAX_STATE_LENGTH) {
    return refuse('invalid_request', `state is longer than ${MAX_STATE_LENGTH} characters`);
  }

  if (value('request') !== undefined) {
    return refuse('request_not_supported', 'request objects are not supported');
  }
  if (value('request_uri') !== undefined) {
    return refuse('request_uri_not_supported', 'request_uri is not supported, and never fetched');
  }
  if (value('registration') !== undefined) {
    return refuse('registration_not_supported', 'registration is not supported here; use its endpoint');
  }
  // RFC 9396 §5: none of its types is known here, and what it asks for must not be granted by halves.
  if (value('authorization_details') !== undefined) {
    return refuse('invalid_authorization_details', 'authorization_details is not supported; use scope');
  }
  const responseType = value('response_type');
  if (responseType === undefined) {
    return refuse('invalid_request', 'response_type is missing; it must be code');
  }
  if (!capabilities.responseTypes.includes(responseType)) {
    return refuse('unsupported_response_type', `response_type is ${quote(responseType)}; it must be code`);
  }
  const responseMode = value('response_mode');
  if (responseMode !== undefined && !capabilities.responseModes.includes(responseMode)) {
    const modes = capabilities.responseModes.join(' or ');
    return refuse('invalid_request', `response_mode is ${quote(responseMode)}; it must be ${modes}`);
  }
  if (responseMode === 'form_post' && !takesForms(destination)) {
    return refuse('invalid_request', 'response_mode form_post does not work with this redirect_uri');
  }

  // RFC 7636 §4.4.1, RFC 9700 §2.1.1: a public client without PKCE is open to stolen codes; `plain` protects nothing.
  const codeChallenge = value('code_challenge');
  if (codeChallenge === undefined) {
    return refuse('invalid_request', 'code_challenge is missing; PKCE is required');
  }
  if (!capabilities.codeChallengeMethods.includes(value('code_challenge_method') ?? 'plain')) {
    return refuse('invalid_request', 'code_challenge_method must be S256');
  }
  if (!S256_CHALLENGE.test(codeChallenge)) {
    return refuse('invalid_request', 'code_challenge must be base64url of a SHA-256 hash: 43 characters');
  }

  const nonce = value('nonce');
  if ((nonce?.length ?? 0) > MAX_NONCE_LENGTH) {
    return refuse('invalid_request', `nonce is longer than ${MAX_NONCE_LENGTH} characters`);
  }
  const proofKey = value('dpop_jkt');
  if (proofKey !== undefined && !THUMBPRINT.test(proofKey)) {
    return refuse('invalid_request', 'dpop_jkt must be base64url of a SHA-256 hash: 43 characters');
  }
  const interaction = readRequestedInteraction(value);
  if ('error' in interaction) return interaction;

  const resources = parameters.getAll('resource').filter((resource) => resource !== '');
  const [resource] = resources;
  if (resource === undefined) {
    return refuse('invalid_target', 'resource is missing; name the API the token is for');
  }
  if (resources.length > 1) {
    return refuse('invalid_target', 'resource is repeated; a token is good for one API');
  }
  if (canonicalResource(resource) === undefined) {
    return refuse('invalid_target', `resource ${quote(resource)} is not an absolute URI without a fragment`);
  }

  const scope = value('scope') ?? '';
  const requested = parseScope(scope);
  if (requested === undefined) {
    return refuse('invalid_scope', `scope ${quote(scope)} is not a list of scope names`);
  }
  // RFC 6749 §3.3: who asks for no scope gets what there is.
  const verdict = askGates({ realm, client, resource, ...(requested.length > 0 && { requested }) });
  if (!verdict.open) return gateError(verdict.gate, { resource, scope });

  // RFC 9126 §4: what was not pushed came through a browser, where anybody may have changed it.
  const needsPush =
    realm.settings.authorization.pushedRequestsOnly || verdict.api.pushedRequestsOnly === true;
  if (needsPush && !isPushed) {
    return refuse('invalid_request', 'this request has to be pushed first (RFC 9126); send its request_uri');
  }

  // Consent is asked every time, so a request that forbids asking cannot be met (OIDC Core §3.1.2.6). Whether somebody
  // is signed in is nothing that a stranger is told.
  if (interaction.prompts.includes('none') && client.preregistration === undefined) {
    return refuse('interaction_required', 'prompt is none, but a person must consent every time');
  }
  return {
    clientId: client.id,
    resource: verdict.api.resource,
    scopes: verdict.scopes,
    codeChallenge,
    interaction,
    ...(nonce !== undefined && { nonce }),
    ...(proofKey !== undefined && { proofKey }),
  };
}

const unknown = (clientId: string): AuthorizationDecision =>
  page('client-unknown', `client_id ${quote(clientId)} is not known here, or no longer`);

function page(problem: PageProblem, detail: string): AuthorizationDecision {
  return { kind: 'page', problem, detail };
}

function refuse(error: string, description: string): AuthorizationError {
  return { error, description };
}

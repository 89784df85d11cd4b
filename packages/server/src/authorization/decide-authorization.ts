import {
  askGates,
  canonicalResource,
  type Client,
  isSelfRegistered,
  parseRedirectUri,
  parseScope,
  quote,
  type RedirectUri,
  type Standing,
} from '@vestibule/core';
import { isIssuersOwn, type Realm } from '@vestibule/core/realm';
import type { Capabilities } from '../capabilities.ts';
import { isRegistered } from '../client/is-registered.ts';
import type { PageProblem } from '../pages/views.ts';
import type { AuthorizationRequest } from '../authorization-request/interaction.ts';
import { gateError } from '../errors/gate-error.ts';
import { repeatedParameter, REPEATED, single } from '../web/parameters.ts';
import type { AuthorizationError } from '../errors/authorization-error.ts';
import { readRequestedInteraction } from '../authorization-request/prompt.ts';
import { type ResponseMode, takesForms } from '../authorization-request/response-mode.ts';

/**
 * The decision about an authorization request. The type says whether a redirect is allowed: only from `redirect` on is it
 * proven that the destination belongs to the client.
 */
export type AuthorizationDecision =
  | { readonly kind: 'page'; readonly problem: PageProblem; readonly detail: string }
  /** Redirects at once, to a loopback address or to a destination of an operator's choice. */
  | ({ readonly kind: 'redirect' } & ErrorAnswer)
  /**
   * A page that displays where the response would go and lets the person decide. Anyone can register any https address, so a
   * redirect before the person was asked would be an open redirector.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2 RFC 9700 §4.11.2}
   */
  | ({ readonly kind: 'inform' } & ErrorAnswer)
  | { readonly kind: 'interact'; readonly request: AuthorizationRequest };

/** An error and its destination. */
export interface ErrorAnswer {
  readonly destination: RedirectUri;
  readonly state?: string;
  /** How it is transported. Absent: in the query. */
  readonly responseMode?: ResponseMode;
  readonly error: AuthorizationError;
}

export interface AuthorizationQuestion {
  readonly parameters: URLSearchParams;
  readonly realm: Realm;
  /** The client with this `client_id`, if it exists. */
  readonly client: Client | undefined;
  /** The current standing of that client. */
  readonly standing: Standing;
  readonly capabilities: Capabilities;
  /** Whether the client pushes, or has pushed, this request. */
  readonly isPushed: boolean;
}

/** The longest `state`, in characters. It is stored with the interaction, and anyone can send it. */
const MAX_STATE_LENGTH = 4_096;

/** RFC 7636 §4.2: base64url of a SHA-256 hash is 43 characters. */
const S256_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** RFC 9449 §10: the thumbprint of a key, also a SHA-256 hash. */
const THUMBPRINT = S256_CHALLENGE;

/** The longest `nonce`, in characters. It is stored with the code and returned in the ID token. */
const MAX_NONCE_LENGTH = 1_024;

/**
 * Judges an authorization request before the person is involved.
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
  // A redirect URI that was registered long ago may no longer be acceptable.
  if (!registered || !parsed.ok) {
    // An expired client is treated as known only if the request has a registered redirect URI.
    if (standing.kind === 'restorable') return unknown(clientId);
    return page(
      'redirect-uri-unregistered',
      `redirect_uri ${quote(redirectUri)} is not one that this client registered`,
    );
  }

  // The port of a loopback redirect URI is known only now, and the client may be older than the rule.
  if (isSelfRegistered(client) && isIssuersOwn(realm.issuer, parsed.uri)) {
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
    const isChosen = destination.kind === 'loopback' || !isSelfRegistered(client);
    const kind = isChosen && !isPosted ? 'redirect' : 'inform';
    return { kind, destination, error: verdict, ...echoed };
  }
  return { kind: 'interact', request: { ...verdict, redirectUri, ...echoed } };
}

/** OAuth 2.1 §4.1.1: `redirect_uri` is optional if only one is registered. */
function onlyRedirectUri({ redirectUris }: Client): string | undefined {
  return redirectUris.length === 1 ? redirectUris[0] : undefined;
}

/** The rest of a request whose redirect URI is proven. */
type JudgedRequest = Omit<AuthorizationRequest, 'redirectUri' | 'state' | 'responseMode'>;

function judgeRequest(
  { parameters, realm, capabilities, isPushed }: AuthorizationQuestion,
  client: Client,
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
  // RFC 9396 §5: no types are supported, and the request must not be granted in part.
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

  // RFC 7636 §4.4.1, RFC 9700 §2.1.1: a public client without PKCE is exposed to stolen codes; `plain` does not protect.
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
  // RFC 6749 §3.3: a request without a scope gets all available scopes.
  const verdict = askGates({ realm, client, resource, ...(requested.length > 0 && { requested }) });
  if (!verdict.open) return gateError(verdict.gate, { resource, scope });

  // RFC 9126 §4: a request that was not pushed came through a browser, where it may have been changed.
  const needsPush =
    realm.settings.authorization.pushedRequestsOnly || verdict.api.pushedRequestsOnly === true;
  if (needsPush && !isPushed) {
    return refuse('invalid_request', 'this request has to be pushed first (RFC 9126); send its request_uri');
  }

  // The person is always asked, so `prompt=none` cannot be satisfied (OIDC Core §3.1.2.6). The response does not tell
  // whether a person is signed in.
  if (interaction.prompts.includes('none') && isSelfRegistered(client)) {
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

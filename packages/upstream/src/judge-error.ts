import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { quoted, type UpstreamFailure } from './failure.ts';
import { Unreachable } from './provider-fetch.ts';

/** Errors of an authorization response with which the provider refuses the person, not the client. */
const OF_THE_PERSON: ReadonlySet<string> = new Set([
  'access_denied',
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'login_required',
]);

/** Errors with which the provider says that it cannot respond at the moment. */
const TEMPORARY: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable']);

/**
 * What an exception of openid-client says about a sign-in. Messages are taken from its own errors alone, because others may quote a
 * token.
 *
 * @param sent a token that was sent: providers quote it in descriptions, and it must not be in a log. @default none
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1 RFC 6749 §4.1.2.1}
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#AuthError OIDC Core §3.1.2.6}
 */
export function judgeError(error: unknown, sent?: string): UpstreamFailure {
  const unreachable = findUnreachable(error);
  if (unreachable !== undefined) return { rule: 'upstream.unreachable', detail: unreachable.message };
  if (error instanceof AuthorizationResponseError) {
    const detail = `The provider responded ${described(error)}.`;
    if (OF_THE_PERSON.has(error.error)) return { rule: 'upstream.declined', detail };
    return { rule: TEMPORARY.has(error.error) ? 'upstream.unreachable' : 'upstream.client', detail };
  }
  if (error instanceof ResponseBodyError) {
    const detail = `${endpointOf(error)} responded ${described(error, sent)}.`;
    return { rule: error.error === 'invalid_grant' ? 'upstream.response' : 'upstream.client', detail };
  }
  if (error instanceof WWWAuthenticateChallengeError) {
    const { error: code, error_description: description } = error.cause[0]?.parameters ?? {};
    const said = described({ error: code ?? String(error.status), error_description: description }, sent);
    return { rule: 'upstream.client', detail: `${endpointOf(error)} responded ${said}.` };
  }
  if (error instanceof ClientError && (error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_ABORT')) {
    return { rule: 'upstream.unreachable', detail: 'The provider took too long.' };
  }
  return { rule: 'upstream.response', detail: messageOf(error) };
}

/**
 * Whether the provider responded that it cannot do it at the moment. Then a token that was to be revoked still counts.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7009#section-2.2.1 RFC 7009 §2.2.1}
 */
export function isTemporary(error: unknown): boolean {
  if (error instanceof Response) return error.status >= 500 || error.status === 429;
  if (error instanceof ResponseBodyError || error instanceof WWWAuthenticateChallengeError) {
    return isTemporary(error.response);
  }
  return error instanceof Error && isTemporary(error.cause);
}

/** The endpoint that responded, by its path: the same exceptions come from the token endpoint, from userinfo and from others. */
function endpointOf({ response }: { readonly response: Response }): string {
  const path = URL.parse(response.url)?.pathname;
  return path === undefined ? 'The provider' : `The endpoint ${quoted(path)} of the provider`;
}

function described({ error, error_description: description }: DescribedError, sent?: string): string {
  const shown = (text: string): string =>
    quoted(sent === undefined ? text : text.replaceAll(sent, 'THE TOKEN'));
  return description === undefined ? shown(error) : `${shown(error)} (${shown(description)})`;
}

/** What an error response says. */
interface DescribedError {
  readonly error: string;
  readonly error_description?: string | undefined;
}

/** The message of an error of openid-client, with the one that caused it, which says which check failed. */
export function messageOf(error: unknown): string {
  if (!(error instanceof ClientError)) return 'The response of the provider is malformed.';
  const { cause } = error;
  const because =
    cause instanceof Error && cause.message !== error.message ? `: ${quoted(cause.message)}` : '';
  return `${quoted(error.message)}${because}.`;
}

/** Whether a request did not reach the provider: the cause is below other errors. */
export function findUnreachable(error: unknown): Unreachable | undefined {
  if (error instanceof Unreachable) return error;
  return error instanceof Error && error.cause !== undefined ? findUnreachable(error.cause) : undefined;
}

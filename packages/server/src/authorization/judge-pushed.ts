import type { AuthorizationError } from '../errors/authorization-error.ts';
import { type AuthorizationQuestion, decideAuthorization } from './decide-authorization.ts';
import type { PageProblem } from '../pages/views.ts';

/** The parameters of client authentication, which are not part of the request and not stored. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  'client_secret',
  'client_assertion',
  'client_assertion_type',
]);

export type PushVerdict =
  | { readonly ok: true; /** What is kept. */ readonly query: string }
  | { readonly ok: false; readonly error: AuthorizationError };

/**
 * Judges a pushed request as it will be judged at the authorization endpoint, so that the client learns about errors at
 * once.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-2.1 RFC 9126 §2.1}
 */
export function judgePush(
  question: Omit<AuthorizationQuestion, 'client' | 'isPushed'> & {
    readonly client: NonNullable<AuthorizationQuestion['client']>;
  },
): PushVerdict {
  const { client, parameters: posted, standing } = question;
  // No person is present to restore the client, and it can register again at once.
  if (standing.kind === 'restorable') return refused('invalid_client', 'no such client; register again');
  if (posted.has('request_uri')) {
    return refused('invalid_request', 'request_uri must be left out: what is pushed is the request itself');
  }
  if (!posted.get('redirect_uri')) {
    return refused('invalid_request', 'redirect_uri is missing; a pushed request names it');
  }
  const parameters = new URLSearchParams([...posted].filter(([name]) => !CREDENTIALS.has(name)));
  parameters.set('client_id', client.id);
  const decision = decideAuthorization({ ...question, parameters, isPushed: true });
  switch (decision.kind) {
    case 'page':
      return refused(ERROR_OF[decision.problem] ?? 'invalid_request', decision.detail);
    case 'redirect':
    case 'inform':
      return { ok: false, error: decision.error };
    case 'interact':
      return { ok: true, query: parameters.toString() };
  }
}

/**
 * The error for a client instead of a page for a person. A blocked client is not told that it is unknown, because it would
 * register again.
 */
const ERROR_OF: Partial<Readonly<Record<PageProblem, string>>> = {
  'client-unknown': 'invalid_client',
  'client-blocked': 'unauthorized_client',
  'client-unacceptable': 'invalid_client',
};

const refused = (error: string, description: string): PushVerdict => ({
  ok: false,
  error: { error, description },
});

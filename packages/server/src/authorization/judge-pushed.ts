import type { AuthorizationError } from '../errors/authorization-error.ts';
import { type AuthorizationQuestion, decideAuthorization } from './decide-authorization.ts';
import type { PageProblem } from '../pages/views.ts';

/** Those by which a client authenticates: they are no part of what it asks for, and are not kept. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  'client_secret',
  'client_assertion',
  'client_assertion_type',
]);

export type PushVerdict =
  | { readonly ok: true; /** What is kept. */ readonly query: string }
  | { readonly ok: false; readonly error: AuthorizationError };

/**
 * Judges a request that a client pushes as it will be judged when the person comes with it, so that the client learns at
 * once what is wrong with it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-2.1 RFC 9126 §2.1}
 */
export function judgePush(
  question: Omit<AuthorizationQuestion, 'client' | 'isPushed'> & {
    readonly client: NonNullable<AuthorizationQuestion['client']>;
  },
): PushVerdict {
  const { client, parameters: posted, standing } = question;
  // No person is there to restore it, and the client can register again at once.
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
 * What a person would read on a page, as a client is told it. One that is blocked is not told that it is unknown: it would
 * come back under another id.
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

import type { Gate, PersonRule } from '@vestibule/core';

/** @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1 RFC 6749 §4.1.2.1} */
export interface AuthorizationError {
  readonly error: string;
  readonly description: string;
  /** The closed gate, for audit events. */
  readonly gate?: Gate;
  /** The rule that the person breaks, for audit events. */
  readonly rule?: PersonRule;
}

/** The person is in none of the groups that the API allows. @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1 RFC 6749 §4.1.2.1} */
export const PERSON_NOT_ALLOWED: AuthorizationError & Required<Pick<AuthorizationError, 'rule'>> = {
  error: 'access_denied',
  description: 'this person may not let apps use this API',
  rule: 'api.allowed-groups',
};

/** @see {@link https://openid.net/specs/openid-connect-core-1_0.html#AuthError OIDC Core §3.1.2.6} */
export const LOGIN_REQUIRED: AuthorizationError = {
  error: 'login_required',
  description: 'prompt is none, but the person has to sign in',
};

/** @see {@link https://openid.net/specs/openid-connect-core-1_0.html#AuthError OIDC Core §3.1.2.6} */
export const CONSENT_REQUIRED: AuthorizationError = {
  error: 'consent_required',
  description: 'prompt is none, but the person has to consent',
};

/** The client is another one than the person approved: its metadata document has changed, and no code is issued for that approval. */
export const APPROVED_BEFORE_CHANGE: AuthorizationError = {
  error: 'consent_required',
  description:
    'the metadata document of this client has changed since the person approved it; they have to be asked again',
};

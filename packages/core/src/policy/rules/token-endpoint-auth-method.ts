import type { Rule } from '../rule.ts';
import { defineRule, kept, withMetadata } from '../rule.ts';

/**
 * Structural rule 1: public clients with PKCE only. A client that requests a secret is registered without one, because real
 * agents request `client_secret_post` and then work with `none`.
 */
export const publicClientOnly: Rule = defineRule(
  'token-endpoint-auth-method.none',
  'RFC 7591 §2, RFC 7636',
  (draft) => {
    const from = draft.metadata.token_endpoint_auth_method;
    if (from === 'none') return kept;
    return {
      outcome: 'narrowed',
      draft: withMetadata(draft, { token_endpoint_auth_method: 'none' }),
      from,
      to: 'none',
    };
  },
);

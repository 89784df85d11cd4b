import { quote } from '../../text/quote.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept, withMetadata } from '../rule.ts';

/**
 * `native` or `web`. If absent, it is derived from the redirect URIs: a client with a loopback or private-use redirect URI
 * is native.
 */
export const applicationType: Rule = defineRule('application-type.known', 'OIDC Registration §2', (draft) => {
  const from = draft.metadata.application_type;
  if (from === 'native' || from === 'web') return kept;
  if (from !== undefined) {
    return {
      outcome: 'refused',
      code: 'invalid_client_metadata',
      description: `application_type is ${quote(from)}; it must be native or web`,
    };
  }
  const to = draft.redirectUris.some((uri) => uri.kind !== 'https') ? 'native' : 'web';
  return { outcome: 'narrowed', draft: withMetadata(draft, { application_type: to }), from, to };
});

import { parseRedirectUri } from '../../redirect-uri/parse.ts';
import type { RedirectUri } from '../../redirect-uri/redirect-uri.ts';
import { quote } from '../../text/quote.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept, withMetadata } from '../rule.ts';

/** The most redirect URIs that one client may register. */
export const MAX_REDIRECT_URIS = 10;

/** A client that uses redirects must register where they may go; one to ten places, each once. */
export const redirectUriCount: Rule = defineRule('redirect-uris.count', 'RFC 7591 §2', (draft) => {
  const uris = draft.metadata.redirect_uris ?? [];
  if (uris.length === 0 || uris.length > MAX_REDIRECT_URIS) {
    return {
      outcome: 'refused',
      code: 'invalid_redirect_uri',
      description: `redirect_uris must hold 1 to ${MAX_REDIRECT_URIS} URIs; it holds ${uris.length}`,
    };
  }
  const distinct = [...new Set(uris)];
  if (distinct.length === uris.length) return kept;
  return {
    outcome: 'narrowed',
    draft: withMetadata(draft, { redirect_uris: distinct }),
    from: uris,
    to: distinct,
  };
});

/** Each redirect URI is judged on its raw string and then parsed, once for all that follows. */
export const redirectUriForm: Rule = defineRule(
  'redirect-uris.form',
  'RFC 9700 §4.1.3, RFC 8252 §7',
  (draft) => {
    const redirectUris: RedirectUri[] = [];
    for (const [index, raw] of (draft.metadata.redirect_uris ?? []).entries()) {
      const parsed = parseRedirectUri(raw);
      if (!parsed.ok) {
        return {
          outcome: 'refused',
          code: 'invalid_redirect_uri',
          rule: parsed.rule,
          description: `redirect_uris[${index}] ${quote(raw)} ${parsed.problem}`,
        };
      }
      redirectUris.push(parsed.uri);
    }
    return { outcome: 'kept', draft: { ...draft, redirectUris } };
  },
);

/** Where the realm turns private-use schemes off they are dropped, and something must be left. */
export const privateUseRedirectUris: Rule = defineRule(
  'redirect-uris.private-use',
  'RFC 8252 §7.1',
  (draft, { settings }) => {
    if (settings.privateUseSchemes) return kept;
    const redirectUris = draft.redirectUris.filter((uri) => uri.kind !== 'private-use');
    if (redirectUris.length === draft.redirectUris.length) return kept;
    if (redirectUris.length === 0) {
      return {
        outcome: 'refused',
        code: 'invalid_redirect_uri',
        description:
          'redirect_uris must hold an https or loopback URI; private-use schemes are not accepted here',
      };
    }
    const to = redirectUris.map((uri) => uri.raw);
    return {
      outcome: 'narrowed',
      draft: { ...withMetadata(draft, { redirect_uris: to }), redirectUris },
      from: draft.metadata.redirect_uris,
      to,
    };
  },
);

import { openScopes } from '../../gates/gates.ts';
import { formatScope, parseScope } from '../../identifiers/scope.ts';
import { quote, quoteConfigured } from '../../text/quote.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept, withMetadata, withoutMember } from '../rule.ts';

/**
 * Cuts `scope`, an upper bound, to the scopes that are open to dynamic clients. If nothing would be left, the bound is
 * ignored: agents send the scopes of other servers, and a client without any scope could never recover. Such a client is
 * limited by the gates only, like one without `scope`.
 */
export const openScopesOnly: Rule = defineRule('scope.open', 'RFC 7591 §2', (draft, { scopes }) => {
  const from = draft.metadata.scope;
  if (from === undefined) return kept;
  const asked = parseScope(from);
  if (asked === undefined) {
    return {
      outcome: 'refused',
      code: 'invalid_client_metadata',
      description: `scope ${quote(from)} must be scope names separated by spaces, each of printable ASCII without quotes and backslashes`,
    };
  }
  const open = openScopes(scopes);
  const to = formatScope(asked.filter((name) => open.includes(name)));
  if (to === '') return { outcome: 'dropped', draft: withoutMember(draft, 'scope'), from };
  return to === from ? kept : { outcome: 'narrowed', draft: withMetadata(draft, { scope: to }), from, to };
});

/**
 * Cuts `scope` to the scopes of the initial access token, if the token lists any. Without `scope`, the list of the token is
 * the bound.
 */
export const tokenScopes: Rule = defineRule(
  'initial-access-token.scopes',
  'RFC 7591 §3.1',
  (draft, { scopes, bounds }) => {
    if (bounds?.scopes === undefined) return kept;
    const { scopes: named } = bounds;
    const from = draft.metadata.scope;
    const open = openScopes(scopes).filter((name) => named.includes(name));
    const to = formatScope(
      from === undefined ? open : (parseScope(from) ?? []).filter((name) => open.includes(name)),
    );
    if (to === '') {
      return {
        outcome: 'refused',
        code: 'invalid_client_metadata',
        description: `scope leaves nothing that the initial access token allows; it allows ${quoteConfigured(formatScope(named))}`,
      };
    }
    return to === from ? kept : { outcome: 'narrowed', draft: withMetadata(draft, { scope: to }), from, to };
  },
);

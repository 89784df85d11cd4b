import { openScopes } from '../../gates/gates.ts';
import { formatScope, parseScope } from '../../identifiers/scope.ts';
import { quote, quoteConfigured } from '../../text/quote.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept, withMetadata, withoutMember } from '../rule.ts';

/**
 * `scope` is an upper bound: cut to the scopes that are open to dynamic clients. A bound that would leave nothing is
 * no bound: agents carry the scopes of other servers with them, and one that may have nothing could never recover. Such
 * a client is bounded like one that names no scope, by the gates alone.
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
 * An initial access token may name the scopes that its clients may hold at most. Their bound is cut to those; without one
 * of their own, those are it.
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

import { openScopes } from '../../gates/gates.ts';
import { formatScope, parseScope } from '../../scope/scope.ts';
import { quote } from '../../text/quote.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept, withMetadata, withoutMember } from '../rule.ts';

/**
 * `scope` is an upper bound: cut to the scopes that are open to dynamic clients. Names that the realm has never
 * heard of say nothing about it; a client that sends only such names (agents carry them over from other
 * servers) is bounded like one that sends none, by the gates alone.
 */
export const openScopesOnly: Rule = defineRule('scope.open', 'RFC 7591 §2', (draft, { scopes }) => {
  const value = draft.metadata.scope;
  if (value === undefined) return kept;
  const asked = parseScope(value);
  if (asked === undefined) {
    return {
      outcome: 'refused',
      code: 'invalid_client_metadata',
      description: `scope ${quote(value)} must be scope names separated by spaces, each of printable ASCII without quotes and backslashes`,
    };
  }
  const known = asked.filter((name) => scopes.some((scope) => scope.name === name));
  if (known.length === 0) return { outcome: 'dropped', draft: withoutMember(draft, 'scope'), from: value };

  const open = openScopes(scopes);
  const to = formatScope(known.filter((name) => open.includes(name)));
  return to === value
    ? kept
    : { outcome: 'narrowed', draft: withMetadata(draft, { scope: to }), from: value, to };
});

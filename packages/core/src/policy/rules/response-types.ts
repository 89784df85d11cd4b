import { quote } from '../../text/quote.ts';
import type { Draft, Judgement, Rule } from '../rule.ts';
import { defineRule, kept, withMetadata } from '../rule.ts';

/**
 * Structural rule 3: `code` only, neither implicit nor hybrid. Another response type is refused, or dropped if the realm
 * narrows and `code` is left.
 */
export const codeOnly: Rule = defineRule(
  'response-types.code',
  'RFC 7591 §2, RFC 9700 §2.1.2',
  (draft, { settings }) => {
    const from = draft.metadata.response_types;
    if (from === undefined) return toCode(draft);
    const unsupported = from.find((type) => type !== 'code');
    if (!from.includes('code') || (unsupported !== undefined && settings.unsupportedTypes === 'refuse')) {
      const found = unsupported === undefined ? 'is empty' : `holds ${quote(unsupported)}`;
      return {
        outcome: 'refused',
        code: 'invalid_client_metadata',
        description: `response_types ${found}; a client that registers itself can have code`,
      };
    }
    return from.length === 1 ? kept : toCode(draft);
  },
);

const toCode = (draft: Draft): Judgement => ({
  outcome: 'narrowed',
  draft: withMetadata(draft, { response_types: ['code'] }),
  from: draft.metadata.response_types,
  to: ['code'],
});

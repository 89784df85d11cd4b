import { cleanName } from '../../name/clean.ts';
import { findReservedName } from '../../name/reserved.ts';
import { quote } from '../../text/quote.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept, withMetadata } from '../rule.ts';

/** What a client is called that gave no usable name and has no https redirect URI. */
export const UNNAMED = 'Unnamed application';

/**
 * The name is cleaned of everything that does not show or that moves other text about. Without a usable name
 * the client is called by the first https host it may be sent to, which is a fact rather than a claim.
 */
export const readableName: Rule = defineRule('client-name.clean', 'RFC 7591 §2, §5', (draft) => {
  const from = draft.metadata.client_name;
  const to = cleanName(from ?? '') ?? draft.redirectUris.find((uri) => uri.kind === 'https')?.host ?? UNNAMED;
  return to === from
    ? kept
    : { outcome: 'narrowed', draft: withMetadata(draft, { client_name: to }), from, to };
});

/** A name that holds, or looks as if it held, a name the realm keeps for itself is refused. */
export const unreservedName: Rule = defineRule(
  'client-name.reserved',
  'RFC 7591 §5, UTS #39',
  (draft, { settings }) => {
    const name = draft.metadata.client_name ?? '';
    const reserved = findReservedName(name, settings.reservedNames);
    if (reserved === undefined) return kept;
    return {
      outcome: 'refused',
      code: 'invalid_client_metadata',
      description: `client_name ${quote(name)} is, or looks like, the reserved name ${quote(reserved)}; choose another`,
    };
  },
);

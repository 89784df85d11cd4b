import type { DynamicGrantType } from '../../metadata/client-metadata.ts';
import { quote } from '../../text/quote.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept, withMetadata } from '../rule.ts';

/** The grants that a dynamic client may have. */
export const DYNAMIC_GRANT_TYPES: readonly DynamicGrantType[] = ['authorization_code', 'refresh_token'];

const KNOWN: readonly string[] = DYNAMIC_GRANT_TYPES;
const isDynamic = (grant: string): boolean => KNOWN.includes(grant);

/** Structural rule 2: a dynamic client never acts on its own behalf. No setting turns this off. */
export const noClientCredentials: Rule = defineRule(
  'grant-types.client-credentials',
  'RFC 6749 §4.4',
  (draft) => {
    if (!draft.metadata.grant_types?.includes('client_credentials')) return kept;
    return {
      outcome: 'refused',
      code: 'invalid_client_metadata',
      description:
        'grant_types must not hold client_credentials: a client that registers itself acts for a person; use authorization_code',
    };
  },
);

/** Only `authorization_code` and `refresh_token`; another grant is refused, or dropped if the realm narrows. */
export const supportedGrantTypes: Rule = defineRule(
  'grant-types.supported',
  'RFC 7591 §2',
  (draft, { settings }) => {
    const from = draft.metadata.grant_types;
    if (from === undefined) {
      return {
        outcome: 'narrowed',
        draft: withMetadata(draft, { grant_types: DYNAMIC_GRANT_TYPES }),
        from,
        to: DYNAMIC_GRANT_TYPES,
      };
    }
    const unsupported = from.find((grant) => !isDynamic(grant));
    if (unsupported !== undefined && settings.unsupportedTypes === 'refuse') {
      return {
        outcome: 'refused',
        code: 'invalid_client_metadata',
        description: `grant_types holds ${quote(unsupported)}; a client that registers itself can have authorization_code and refresh_token`,
      };
    }
    const to = from.filter((grant, index) => isDynamic(grant) && from.indexOf(grant) === index);
    if (to.length === from.length) return kept;
    return { outcome: 'narrowed', draft: withMetadata(draft, { grant_types: to }), from, to };
  },
);

/** A client without the authorization code grant could not get a token. */
export const authorizationCodeGrant: Rule = defineRule(
  'grant-types.authorization-code',
  'RFC 7591 §2.1',
  (draft) => {
    if (draft.metadata.grant_types?.includes('authorization_code')) return kept;
    return {
      outcome: 'refused',
      code: 'invalid_client_metadata',
      description: 'grant_types must hold authorization_code',
    };
  },
);

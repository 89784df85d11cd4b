import { describe, type RuleDescription } from './rule-description.ts';

/** What a person may allow. These rules refuse an authorization, not a registration. */
export const ACCESS_RULES: readonly RuleDescription[] = [
  describe(
    'api.allowed-groups',
    'RFC 6749 §4.1.2.1',
    'The person is in a group that may let apps use the API.',
    'Sign in with another account, or ask the operator for a group in allowedGroups of the API.',
    'The operator decided that not every person may let apps use this API.',
  ),
];

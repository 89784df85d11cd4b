import { describe, type RuleDescription } from './rule-description.ts';

/** Updates of a registration. */
export const MANAGEMENT_RULES: readonly RuleDescription[] = [
  describe(
    'management.client-id',
    'RFC 7592 §2.2',
    'An update contains the client_id of its client.',
    'Send the client_id that the registration returned.',
    'An update that names another client is a mistake.',
  ),
  describe(
    'management.client-secret',
    'RFC 7592 §2.2',
    'An update contains no client_secret.',
    'Leave out client_secret.',
    'The client has no secret.',
  ),
];

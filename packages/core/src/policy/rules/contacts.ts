import { isPlainText } from '../../text/plain.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept, withoutMember } from '../rule.ts';

/** The most ways to reach somebody that one client may register. */
export const MAX_CONTACTS = 10;
/** The longest of them, in UTF-16 units: as long as an e-mail address may be. */
export const MAX_CONTACT_LENGTH = 254;

/** Contacts are kept as they are, for an operator who wants to ask somebody. An empty list says nothing, and is dropped. */
export const claimedContacts: Rule = defineRule(
  'contacts.text',
  'RFC 7591 §2, RFC 5321 §4.5.3.1',
  (draft) => {
    const { contacts } = draft.metadata;
    if (contacts === undefined) return kept;
    if (contacts.length === 0) {
      return { outcome: 'dropped', draft: withoutMember(draft, 'contacts'), from: contacts };
    }
    const isFine = contacts.every((contact) => contact !== '' && isPlainText(contact, MAX_CONTACT_LENGTH));
    if (isFine && contacts.length <= MAX_CONTACTS) return kept;
    return {
      outcome: 'refused',
      code: 'invalid_client_metadata',
      description: `contacts must hold at most ${MAX_CONTACTS} texts of 1 to ${MAX_CONTACT_LENGTH} characters, without line breaks and control characters`,
    };
  },
);

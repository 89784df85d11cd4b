import { isPlainText } from '../../text/plain.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept, withoutMember } from '../rule.ts';

/** The largest number of contacts of one client. */
export const MAX_CONTACTS = 10;
/** The longest contact, in UTF-16 units: the longest e-mail address. */
export const MAX_CONTACT_LENGTH = 254;

/** Contacts are stored unchanged, for operators with questions. An empty list is dropped. */
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

import { taggedMembers } from '../../metadata/language.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept } from '../rule.ts';

/** The largest number of members with a language tag for one client. */
export const MAX_TAGGED_MEMBERS = 32;

/** Limits the number of languages: each is one more text to store and to compare with protected names. */
export const languageCount: Rule = defineRule('languages.count', 'RFC 7591 §2.2', (draft) => {
  const count = taggedMembers(draft.metadata).length;
  if (count <= MAX_TAGGED_MEMBERS) return kept;
  return {
    outcome: 'refused',
    code: 'invalid_client_metadata',
    description: `there may be at most ${MAX_TAGGED_MEMBERS} members with a language tag, such as client_name#fr; there are ${count}`,
  };
});

import { taggedMembers } from '../../metadata/language.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept } from '../rule.ts';

/** The most members with a language tag that one client may register. */
export const MAX_TAGGED_MEMBERS = 32;

/** Every language is one more text to keep and to compare with names that are protected, so there is an end to them. */
export const languageCount: Rule = defineRule('languages.count', 'RFC 7591 §2.2', (draft) => {
  const count = taggedMembers(draft.metadata).length;
  if (count <= MAX_TAGGED_MEMBERS) return kept;
  return {
    outcome: 'refused',
    code: 'invalid_client_metadata',
    description: `there may be at most ${MAX_TAGGED_MEMBERS} members with a language tag, such as client_name#fr; there are ${count}`,
  };
});

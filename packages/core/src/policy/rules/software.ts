import { isPlainText } from '../../text/plain.ts';
import type { Rule } from '../rule.ts';
import { defineRule, kept } from '../rule.ts';

/** The longest `software_id` and `software_version`, in UTF-16 units. */
export const MAX_SOFTWARE_LENGTH = 255;

/** The id and version of the software: claims that are stored for investigations and never acted on. */
export const claimedSoftware: Rule = defineRule('software.text', 'RFC 7591 §2', (draft) => {
  for (const member of ['software_id', 'software_version'] as const) {
    const value = draft.metadata[member];
    if (value === undefined || isPlainText(value, MAX_SOFTWARE_LENGTH)) continue;
    return {
      outcome: 'refused',
      code: 'invalid_client_metadata',
      description: `${member} must be at most ${MAX_SOFTWARE_LENGTH} characters, without line breaks and control characters`,
    };
  }
  return kept;
});

import { taggedMembers } from '../../metadata/language.ts';
import { MAX_REDIRECT_URI_LENGTH, parseRedirectUri } from '../../redirect-uri/parse-redirect-uri.ts';
import { quote } from '../../text/quote.ts';
import { hasOnlyUriCharacters } from '../../text/uri.ts';
import type { Judgement, Rule } from '../rule.ts';
import { defineRule, kept } from '../rule.ts';

const CLAIMED = ['client_uri', 'logo_uri', 'tos_uri', 'policy_uri'] as const;

/**
 * Pages about the client are stored as claims and never fetched. They must be https, or http on a loopback host, so that a
 * link to one is harmless.
 */
export const claimedUris: Rule = defineRule('claimed-uris.web', 'RFC 7591 §2, §5', (draft) => {
  for (const name of CLAIMED) {
    const value = draft.metadata[name];
    if (value !== undefined && !isWebPage(value)) return refused(name, value);
  }
  for (const { name, member, value } of taggedMembers(draft.metadata)) {
    if (member !== 'client_name' && !isWebPage(value)) return refused(name, value);
  }
  return kept;
});

const refused = (name: string, value: string): Judgement => ({
  outcome: 'refused',
  code: 'invalid_client_metadata',
  description: `${name} ${quote(value)} must be an https URL (http on localhost, 127.0.0.1 or [::1]) of at most ${MAX_REDIRECT_URI_LENGTH} characters`,
});

function isWebPage(value: string): boolean {
  if (value.length > MAX_REDIRECT_URI_LENGTH || !hasOnlyUriCharacters(value)) return false;
  const [withoutFragment = '', , ...more] = value.split('#');
  const parsed = parseRedirectUri(withoutFragment);
  return more.length === 0 && parsed.ok && parsed.uri.kind !== 'private-use';
}

import { taggedMembers } from '../../metadata/language.ts';
import { actsAtOnce } from '../../redirect-uri/acting-schemes.ts';
import { quote } from '../../text/quote.ts';
import { isTheirs } from '../../brand/is-theirs.ts';
import { resemblance } from '../../brand/resemblance.ts';
import { defineRule, kept, type Rule } from '../rule.ts';

/**
 * A private-use redirect URI that nobody vouches for has no query: it opens a program of which nothing is known, and a query
 * is where programs take their orders from.
 */
export const privateUseQuery: Rule = defineRule(
  'redirect-uris.private-use-query',
  'RFC 8252 §7.1',
  (draft, { vouched = false }) => {
    const uri = draft.redirectUris.find(({ kind, raw }) => kind === 'private-use' && raw.includes('?'));
    if (vouched || uri === undefined) return kept;
    return {
      outcome: 'refused',
      code: 'invalid_redirect_uri',
      description: `redirect_uris holds ${quote(uri.raw)}, a private-use scheme with a query; leave out ? and what follows`,
    };
  },
);

/**
 * A scheme whose program acts on whatever opens it is refused, unless a vendor of the directory or of the realm has it as its
 * own and the client bears that vendor's name in every language, so that the person is told which program the button opens; or a trusted statement
 * vouches for it. Pre-registered clients may have any scheme that their operator names.
 */
export const actingScheme: Rule = defineRule(
  'redirect-uris.acting-scheme',
  'RFC 8252 §7.1, RFC 7595 §3.7',
  (draft, { settings, vendors = [], vouched = false }) => {
    const acting = draft.redirectUris.filter((uri) => uri.kind === 'private-use' && actsAtOnce(uri));
    if (vouched || acting.length === 0) return kept;
    const known = [...vendors, ...settings.vendors];
    // A person reads the name in their own language, so each of them has to say whose program it is.
    const names = [
      draft.metadata.client_name ?? '',
      ...taggedMembers(draft.metadata).flatMap(({ member, value }) =>
        member === 'client_name' ? [value] : [],
      ),
    ].map(
      (name) =>
        new Set(
          resemblance(name, vendors, settings.vendors)
            .flat()
            .map((vendor) => vendor.name),
        ),
    );
    const uri = acting.find(
      (one) =>
        !known.some((vendor) => names.every((named) => named.has(vendor.name)) && isTheirs(one, vendor)),
    );
    if (uri === undefined) return kept;
    return {
      outcome: 'refused',
      code: 'invalid_redirect_uri',
      description: `redirect_uris holds ${quote(uri.raw)}, which opens a program that acts at once; use https, this computer, or a scheme of the app alone`,
    };
  },
);

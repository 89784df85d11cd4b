import { clientNames } from '../../metadata/language.ts';
import { actsAtOnce } from '../../redirect-uri/acting-schemes.ts';
import { quote } from '../../text/quote.ts';
import { isTheirs } from '../../brand/is-theirs.ts';
import { resemblance } from '../../brand/resemblance.ts';
import { defineRule, kept, type Rule } from '../rule.ts';

/**
 * Refuses a query in a private-use redirect URI of an unverified client: the URI opens an unknown program, and programs read
 * commands from the query.
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
 * Refuses a scheme whose program acts at once when it is opened. Exceptions: a vendor of the directory or of the realm lists
 * the scheme and the client has that vendor's name in every language, so that the person knows which program the button
 * opens; or a trusted statement verifies the client. Pre-registered clients can have any scheme that their operator lists.
 */
export const actingScheme: Rule = defineRule(
  'redirect-uris.acting-scheme',
  'RFC 8252 §7.1, RFC 7595 §3.7',
  (draft, { settings, vendors = [], vouched = false }) => {
    const acting = draft.redirectUris.filter((uri) => uri.kind === 'private-use' && actsAtOnce(uri));
    if (vouched || acting.length === 0) return kept;
    const known = [...vendors, ...settings.vendors];
    // People read the name in their own language, so each of them has to name the vendor.
    const names = clientNames(draft.metadata).map(
      ({ value }) =>
        new Set(
          resemblance(value, vendors, settings.vendors)
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

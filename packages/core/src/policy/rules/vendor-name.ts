import { taggedMembers } from '../../metadata/language.ts';
import type { RedirectUri } from '../../redirect-uri/redirect-uri.ts';
import { quote } from '../../text/quote.ts';
import { isTheirs } from '../../vendor/is-theirs.ts';
import { resemblance } from '../../vendor/resemblance.ts';
import type { Vendor } from '../../vendor/vendor.ts';
import type { Draft, Rule } from '../rule.ts';
import { defineRule, kept } from '../rule.ts';

/**
 * A client that calls itself by a vendor's name, or by what looks like one, must lead back to that vendor alone. A client
 * that only ever comes back to the person's own computer may call itself so: there is nobody it could betray the person to
 * but that computer, and the consent page says that it is a claim.
 *
 * A name may hold several vendors' names: `Claude for Slack`. Then one of them has to be behind all the redirect URIs, and
 * it does not matter which: both make such programs, and whoever is neither has no host of either.
 */
export const vendorName: Rule = defineRule('client-name.vendor', 'RFC 7591 §5, UTS #39', (draft, context) => {
  const { settings, vendors = [], vouched = false } = context;
  const elsewhere = draft.redirectUris.filter(({ kind }) => kind !== 'loopback');
  if (vouched || elsewhere.length === 0) return kept;
  for (const { member, value } of names(draft)) {
    const found = [vendors, settings.vendors].map((list) => resemblance(value, list));
    const [claimed] = found.flatMap((one) => one.claimed);
    const isProven = found.some(({ named }) => named.some((vendor) => isBehind(vendor, elsewhere)));
    if (claimed === undefined || isProven) continue;
    return {
      outcome: 'refused',
      code: 'invalid_client_metadata',
      description: `${member} ${quote(value)} is, or looks like, a name of ${quote(claimed.name)}; choose another name, or redirect ${wayOut(claimed)} and nowhere else`,
    };
  }
  return kept;
});

const isBehind = (vendor: Vendor, uris: readonly RedirectUri[]): boolean =>
  uris.every((uri) => isTheirs(uri, vendor));

const wayOut = ({ hosts }: Vendor): string =>
  hosts.length === 0 ? 'to this computer' : 'to a host of theirs';

const names = ({ metadata }: Draft): readonly { readonly member: string; readonly value: string }[] => [
  { member: 'client_name', value: metadata.client_name ?? '' },
  ...taggedMembers(metadata)
    .filter(({ member }) => member === 'client_name')
    .map(({ name, value }) => ({ member: name, value })),
];

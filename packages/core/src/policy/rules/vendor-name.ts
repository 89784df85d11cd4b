import { taggedMembers } from '../../metadata/language.ts';
import type { RedirectUri } from '../../redirect-uri/redirect-uri.ts';
import { quoteConfigured } from '../../text/quote.ts';
import { isTheirs } from '../../brand/is-theirs.ts';
import { resemblance } from '../../brand/resemblance.ts';
import type { Vendor } from '../../brand/vendor.ts';
import type { Draft, Rule } from '../rule.ts';
import { defineRule, kept } from '../rule.ts';
import { soleHost } from '../sole-host.ts';

/**
 * A client that calls itself by a vendor's name, or by what looks like one, must lead back to that vendor alone. A client
 * that only ever comes back to the person's own computer may call itself so: there is nobody it could betray the person to
 * but that computer, and the consent page says that it is a claim.
 *
 * A name may hold several vendors' names: `Claude for Slack`. The first is whose program it says that it is, and that one
 * has to be behind all the redirect URIs; the others are spoken of, which anybody may do, and prove nothing. An entry
 * of the same name, in either list, is the same vendor.
 *
 * A name that is the client's https host to the letter is where it leads and not what it says of itself, so nobody is asked
 * about `zylo.someone.example`; but only if every answer goes to that host.
 */
export const vendorName: Rule = defineRule('client-name.vendor', 'RFC 7591 §5, UTS #39', (draft, context) => {
  const { settings, vendors = [], vouched = false } = context;
  const elsewhere = draft.redirectUris.filter(({ kind }) => kind !== 'loopback');
  if (vouched || elsewhere.length === 0) return kept;
  const known = [...vendors, ...settings.vendors];
  for (const { member, value } of claims(draft)) {
    const unproven = resemblance(value, vendors, settings.vendors).find(
      (claimed) => !known.some((vendor) => isAmong(vendor, claimed) && isBehind(vendor, elsewhere)),
    );
    const [claimed] = unproven ?? [];
    if (claimed === undefined) continue;
    return {
      outcome: 'refused',
      code: 'invalid_client_metadata',
      description: `${member} is, or looks like, a name of ${quoteConfigured(claimed.name)}; choose another name, or redirect ${wayOut(claimed)} and nowhere else`,
    };
  }
  return kept;
});

const isAmong = ({ name }: Vendor, claimed: readonly Vendor[]): boolean =>
  claimed.some((one) => one.name === name);

const isBehind = (vendor: Vendor, uris: readonly RedirectUri[]): boolean =>
  uris.every((uri) => isTheirs(uri, vendor));

const wayOut = ({ hosts }: Vendor): string =>
  hosts.length === 0 ? 'to this computer' : 'to a host of theirs';

interface Claim {
  readonly member: string;
  readonly value: string;
}

/** What a client says of itself, each thing once. */
function claims(draft: Draft): readonly Claim[] {
  const seen = new Set([ownHost(draft)]);
  return names(draft).filter(({ value }) => {
    const isNew = !seen.has(value);
    seen.add(value);
    return isNew;
  });
}

/** A dot with something on either side of it: without one a host may be a vendor's name and nothing else. */
const INNER_DOT = /\w\.\w/;

function ownHost({ redirectUris }: Draft): string | undefined {
  const host = soleHost(redirectUris);
  return host !== undefined && INNER_DOT.test(host) ? host : undefined;
}

const names = ({ metadata }: Draft): readonly Claim[] => [
  { member: 'client_name', value: metadata.client_name ?? '' },
  ...taggedMembers(metadata)
    .filter(({ member }) => member === 'client_name')
    .map(({ name, value }) => ({ member: name, value })),
];

import { type ClientName, clientNames } from '../../metadata/language.ts';
import type { RedirectUri } from '../../redirect-uri/redirect-uri.ts';
import { quoteConfigured } from '../../text/quote.ts';
import { isTheirs } from '../../brand/is-theirs.ts';
import { resemblance } from '../../brand/resemblance.ts';
import type { Vendor } from '../../brand/vendor.ts';
import type { Draft, Rule } from '../rule.ts';
import { defineRule, kept } from '../rule.ts';
import { soleHost } from '../sole-host.ts';

/**
 * Refuses a client with the name of a vendor, or a name that resembles it, unless its redirect URIs all belong to that
 * vendor. A client with only loopback redirect URIs may use the name: it could only betray the person to their own computer,
 * and the consent page marks the name as unverified.
 *
 * A name can contain several vendors: `Claude for Slack`. The first one is claimed and must own all redirect URIs; the
 * others are mentioned, which is allowed and proves nothing. An entry with the same name in either list is the same vendor.
 *
 * A name that equals the client's https host is a fact and not a claim, so `zylo.someone.example` claims no vendor; but only
 * if all responses go to that host.
 */
export const vendorName: Rule = defineRule('client-name.vendor', 'RFC 7591 §5, UTS #39', (draft, context) => {
  const { settings, vendors = [], vouched = false } = context;
  const elsewhere = draft.redirectUris.filter(({ kind }) => kind !== 'loopback');
  if (vouched || elsewhere.length === 0) return kept;
  for (const { name, value } of claims(draft)) {
    const unproven = resemblance(value, vendors, settings.vendors).find(
      (claimed) =>
        ![vendors, settings.vendors].some((list) =>
          list.some((vendor) => isAmong(vendor, claimed) && isBehind(vendor, elsewhere)),
        ),
    );
    const [claimed] = unproven ?? [];
    if (claimed === undefined) continue;
    return {
      outcome: 'refused',
      code: 'invalid_client_metadata',
      description: `${name} is, or looks like, a name of ${quoteConfigured(claimed.name)}; choose another name, or redirect ${wayOut(claimed)} and nowhere else`,
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

/** The claims of a client about itself, without repetitions. */
function claims(draft: Draft): readonly ClientName[] {
  const host = ownHost(draft);
  return clientNames(draft.metadata).filter(
    ({ value }, index, names) =>
      value !== host && names.findIndex((other) => other.value === value) === index,
  );
}

/** A dot inside the text: a host without one could be just a vendor's name. */
const INNER_DOT = /\w\.\w/;

function ownHost({ redirectUris }: Draft): string | undefined {
  const host = soleHost(redirectUris);
  return host !== undefined && INNER_DOT.test(host) ? host : undefined;
}

import { type ClientName, clientNames } from '../../metadata/language.ts';
import { quoteConfigured } from '../../text/quote.ts';
import { isHostOf, isTheirs } from '../../brand/is-theirs.ts';
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
 * A client with a metadata document cannot use the name like that, because the host of the document is known, and the page displays
 * it: the document must be at a host of the vendor as well. Exempt is a document of which all redirect URIs belong to the vendor, and
 * none is a loopback URI.
 *
 * A name can contain several vendors: `Claude for Slack`. The first one is claimed and must own all redirect URIs; the
 * others are mentioned, which is allowed and proves nothing. An entry with the same name in either list is the same vendor.
 *
 * A name that equals the client's https host is a fact and not a claim, so `zylo.someone.example` claims no vendor; but only
 * if all responses go to that host. With only loopback redirect URIs, the host of the document is such a name.
 */
export const vendorName: Rule = defineRule('client-name.vendor', 'RFC 7591 §5, UTS #39', (draft, context) => {
  const { settings, vendors = [], vouched = false, documentHost } = context;
  const elsewhere = draft.redirectUris.filter(({ kind }) => kind !== 'loopback');
  if (vouched || (elsewhere.length === 0 && documentHost === undefined)) return kept;
  const isProven = (vendor: Vendor): boolean =>
    elsewhere.every((uri) => isTheirs(uri, vendor)) &&
    (documentHost === undefined ||
      isHostOf(documentHost, vendor) ||
      elsewhere.length === draft.redirectUris.length);
  for (const { name, value } of claims(draft, documentHost)) {
    const unproven = resemblance(value, vendors, settings.vendors).find(
      (claimed) =>
        ![vendors, settings.vendors].some((list) =>
          list.some((vendor) => isAmong(vendor, claimed) && isProven(vendor)),
        ),
    );
    const [claimed] = unproven ?? [];
    if (claimed === undefined) continue;
    return {
      outcome: 'refused',
      code: 'invalid_client_metadata',
      description: `${name} is, or looks like, a name of ${quoteConfigured(claimed.name)}; choose another name${wayOut(claimed, documentHost !== undefined)}`,
    };
  }
  return kept;
});

const isAmong = ({ name }: Vendor, claimed: readonly Vendor[]): boolean =>
  claimed.some((one) => one.name === name);

/** How a client could have the name. No document can have one of a vendor without hosts. */
function wayOut({ hosts }: Vendor, isDocument: boolean): string {
  if (!isDocument) {
    return `, or redirect ${hosts.length === 0 ? 'to this computer' : 'to a host of theirs'} and nowhere else`;
  }
  return hosts.length === 0
    ? ''
    : ', or publish the document at a host of theirs and redirect there or to this computer';
}

/** The claims of a client about itself, without repetitions. */
function claims(draft: Draft, documentHost: string | undefined): readonly ClientName[] {
  const host = ownHost(draft, documentHost);
  return clientNames(draft.metadata).filter(
    ({ value }, index, names) =>
      value !== host && names.findIndex((other) => other.value === value) === index,
  );
}

/** A dot inside the text: a host without one could be just a vendor's name. */
const INNER_DOT = /\w\.\w/;

function ownHost({ redirectUris }: Draft, documentHost: string | undefined): string | undefined {
  const isHere = redirectUris.every(({ kind }) => kind === 'loopback');
  const host = isHere ? documentHost : soleHost(redirectUris);
  return host !== undefined && INNER_DOT.test(host) ? host : undefined;
}

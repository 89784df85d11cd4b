import { clientNames, type Tagged, taggedMembers } from '../../metadata/language.ts';
import { cleanName } from '../../brand/clean-name.ts';
import { resemblance } from '../../brand/resemblance.ts';
import { OUR_MARK, OUR_WORDS } from '../../brand/mark-words.ts';
import type { Vendor } from '../../brand/vendor.ts';
import { findReservedName } from '../../brand/reserved-names.ts';
import type { PolicySettings } from '../../realm/registration-settings.ts';
import { quoteConfigured } from '../../text/quote.ts';
import type { Draft, Rule } from '../rule.ts';
import { defineRule, kept, withMetadata, withoutMember } from '../rule.ts';
import { soleHost } from '../sole-host.ts';

/** The name of a client without a usable name and without a single host. */
export const UNNAMED = 'Unnamed application';

/**
 * Removes from the name what is invisible or reorders other text. A client without a usable name gets the https host that
 * all of its responses go to, which is a fact and not a claim. A host that the cleaning would change or shorten is not used
 * as a name, because the rest would look like another host.
 */
export const readableName: Rule = defineRule('client-name.clean', 'RFC 7591 §2, §5', (draft) => {
  const from = draft.metadata.client_name;
  const to = cleanName(from ?? '') ?? hostAsName(draft) ?? UNNAMED;
  return to === from
    ? kept
    : { outcome: 'narrowed', draft: withMetadata(draft, { client_name: to }), from, to };
});

function hostAsName({ redirectUris }: Draft): string | undefined {
  const host = soleHost(redirectUris);
  return host !== undefined && cleanName(host) === host ? host : undefined;
}

/** Cleans names in other languages like the main one, and drops those without anything readable. */
export const readableTranslations: Rule = defineRule(
  'client-name.languages',
  'RFC 7591 §2.2, §5',
  (draft) => {
    const changed = taggedNames(draft).filter(({ value }) => cleanName(value) !== value);
    if (changed.length === 0) return kept;
    let cleaned = draft;
    for (const { name, value } of changed) {
      const clean = cleanName(value);
      cleaned = clean === undefined ? withoutMember(cleaned, name) : withMetadata(cleaned, { [name]: clean });
    }
    const from = changed.map(({ name, value }) => `${name}: ${value}`);
    const to = taggedNames(cleaned)
      .filter(({ name }) => changed.some((one) => one.name === name))
      .map(({ name, value }) => `${name}: ${value}`);
    return { outcome: 'narrowed', draft: cleaned, from, to };
  },
);

/**
 * Refuses a name in any language that contains or resembles a name that the realm reserves. Also refuses the words of our
 * pages, and the names of statement issuers for clients that they did not verify.
 */
export const unreservedName: Rule = defineRule(
  'client-name.reserved',
  'RFC 7591 §5, UTS #39',
  (draft, { settings, vouched = false }) => {
    const keptNames = vouched ? settings.reservedNames : namesKeptFrom(settings);
    for (const { name, value } of clientNames(draft.metadata)) {
      const reserved = findReservedName(value, keptNames) ?? (vouched ? undefined : ourMarkIn(value));
      if (reserved === undefined) continue;
      return {
        outcome: 'refused',
        code: 'invalid_client_metadata',
        description: `${name} is, or looks like, the reserved name ${quoteConfigured(reserved)}; choose another`,
      };
    }
    return kept;
  },
);

/** The names that no unverified client may have. The same array for the same settings, because names are prepared once. */
function namesKeptFrom(settings: PolicySettings): readonly string[] {
  const known = KEPT_NAMES.get(settings);
  if (known !== undefined) return known;
  const vouchers = settings.softwareStatements.issuers.map(({ name }) => name);
  const names = [...settings.reservedNames, ...OUR_WORDS, ...vouchers];
  KEPT_NAMES.set(settings, names);
  return names;
}

const KEPT_NAMES = new WeakMap<PolicySettings, readonly string[]>();

const ourMarkIn = (name: string): string | undefined => resemblance(name, OUR_MARKS)[0]?.[0]?.name;

const OUR_MARKS: readonly Vendor[] = [OUR_MARK];

const taggedNames = ({ metadata }: Draft): readonly Tagged[] =>
  taggedMembers(metadata).filter(({ member }) => member === 'client_name');

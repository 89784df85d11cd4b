import type { ClientMetadata, LocalizedMember } from './client-metadata.ts';

/** Members that can have a language tag. */
export const LOCALIZED_MEMBERS: readonly LocalizedMember[] = [
  'client_name',
  'client_uri',
  'logo_uri',
  'tos_uri',
  'policy_uri',
];

/** The name of a member with a language tag. */
export type TaggedMember = `${LocalizedMember}#${string}`;

/** A member in one language. */
export interface Tagged {
  readonly name: TaggedMember;
  readonly member: LocalizedMember;
  /** A BCP 47 tag, in its canonical spelling. */
  readonly language: string;
  readonly value: string;
}

/** The parts before and after the `#`, if the member can be tagged. */
export function splitTag(name: string): { member: LocalizedMember; tag: string } | undefined {
  const at = name.indexOf('#');
  if (at === -1) return undefined;
  const member = LOCALIZED_MEMBERS.find((known) => known === name.slice(0, at));
  return member === undefined ? undefined : { member, tag: name.slice(at + 1) };
}

/**
 * The longest tag, in characters. The time to read a tag grows with the square of its length.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc5646#section-4.4.1 RFC 5646 §4.4.1}
 */
const MAX_TAG_LENGTH = 35;

/**
 * The canonical form of a language tag: tags that differ only in case are one. `undefined` if the text is not a language
 * tag.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc5646#section-2.1.1 RFC 5646 §2.1.1}
 */
export function canonicalLanguage(tag: string): string | undefined {
  if (tag === '' || tag.length > MAX_TAG_LENGTH) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/** Whether an object has a member with a `#` in its name. */
export const hasTaggedMembers = (value: object): boolean => Object.keys(value).some(isTagged);

const isTagged = (name: string): boolean => name.includes('#');

/** A name of a client. */
export interface ClientName {
  /** Its member: `client_name`, or that with a language tag. */
  readonly name: string;
  readonly value: string;
}

/** The names of a client in all of its languages, first the one without a tag. */
export function clientNames(metadata: ClientMetadata): readonly ClientName[] {
  const plain: ClientName = { name: 'client_name', value: metadata.client_name ?? '' };
  const tagged = taggedMembers(metadata);
  return tagged.length === 0 ? [plain] : [plain, ...tagged.filter(({ member }) => member === 'client_name')];
}

/** The values of a member in all of its languages. */
export function taggedMembers(metadata: ClientMetadata): readonly Tagged[] {
  // Most clients have no such member, and several rules ask.
  if (!hasTaggedMembers(metadata)) return [];
  return Object.entries(metadata).flatMap(([name, value]) => {
    const { member, tag: language = '' } = splitTag(name) ?? {};
    if (member === undefined || typeof value !== 'string') return [];
    return [{ name: `${member}#${language}` as const, member, language, value }];
  });
}

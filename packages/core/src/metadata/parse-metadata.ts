import { isObject } from '../members.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { quote } from '../text/quote.ts';
import type { ClientMetadata } from './client-metadata.ts';
import { canonicalLanguage, hasTaggedMembers, splitTag, type TaggedMember } from './language.ts';

/** Members that cannot have a language tag. */
type PlainMember = Exclude<keyof ClientMetadata, TaggedMember | number>;

/** What each member is: a text, or a list of texts. */
const FORMS = {
  redirect_uris: 'texts',
  token_endpoint_auth_method: 'text',
  grant_types: 'texts',
  response_types: 'texts',
  client_name: 'text',
  client_uri: 'text',
  logo_uri: 'text',
  tos_uri: 'text',
  policy_uri: 'text',
  scope: 'text',
  application_type: 'text',
  software_id: 'text',
  software_version: 'text',
  contacts: 'texts',
  software_statement: 'text',
} as const satisfies Record<PlainMember, 'text' | 'texts'>;

/** Members that are lists of texts. */
type ListMember = {
  [Member in PlainMember]: (typeof FORMS)[Member] extends 'texts' ? Member : never;
}[PlainMember];

const isPlainMember = (name: string): name is PlainMember => Object.hasOwn(FORMS, name);

const isListMember = (member: PlainMember): member is ListMember => FORMS[member] === 'texts';

const PLAIN_MEMBERS: readonly PlainMember[] = Object.keys(FORMS).filter(isPlainMember);

/** Whether a member of a request is read. */
export const isKnownMember = (name: string): boolean => isPlainMember(name) || splitTag(name) !== undefined;

/** Metadata of the right form, or the refusal of a body that has another one. */
export type ParsedClientMetadata =
  | { readonly ok: true; readonly metadata: ClientMetadata }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Reads the body of a registration request: the known members, each with its JSON type checked, and nothing else. `null` and
 * `""` mean that the member is absent. Human-readable members can have a language tag.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.1 RFC 7591 §3.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2.2 RFC 7591 §2.2}
 */
export function parseClientMetadata(body: unknown): ParsedClientMetadata {
  if (!isObject(body)) return refuse('metadata.object', 'the body must be a JSON object');
  const metadata: { -readonly [Member in PlainMember]?: ClientMetadata[Member] } = {};
  for (const member of PLAIN_MEMBERS) {
    const value = body[member];
    if (!isPresent(value) || (value === undefined && !(member in body))) continue;
    if (!isListMember(member)) {
      if (typeof value !== 'string') return refuse('metadata.type', `${member} must be a string`);
      metadata[member] = value;
      continue;
    }
    if (!isList(value)) return refuseList(member, `${member} must be an array of strings`);
    const wrong = value.findIndex((text) => typeof text !== 'string');
    if (wrong !== -1) return refuseList(member, `${member}[${wrong}] must be a string`);
    metadata[member] = value.map(String);
  }
  if (!hasTaggedMembers(body)) return { ok: true, metadata };
  const tagged = parseTagged(Object.entries(body).filter(([, value]) => isPresent(value)));
  return tagged.ok ? { ok: true, metadata: { ...metadata, ...tagged.members } } : tagged;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const isPresent = (value: unknown): boolean => value !== null && value !== '';

type TaggedMembers = Readonly<Record<TaggedMember, string>>;

function parseTagged(
  entries: readonly (readonly [string, unknown])[],
): { readonly ok: true; readonly members: TaggedMembers } | Refused {
  const members = new Map<TaggedMember, string>();
  for (const [name, value] of entries) {
    const split = splitTag(name);
    if (split === undefined) continue;
    const language = canonicalLanguage(split.tag);
    if (language === undefined) {
      return refuse(
        'metadata.language',
        `${split.member} must have a language tag after the #, such as ${split.member}#fr; it has ${quote(split.tag)}`,
      );
    }
    if (typeof value !== 'string') return refuse('metadata.type', `${quote(name)} must be a string`);
    const canonical: TaggedMember = `${split.member}#${language}`;
    if ((members.get(canonical) ?? value) !== value) {
      return refuse('metadata.language', `${quote(name)} is there twice, with different values`);
    }
    members.set(canonical, value);
  }
  return { ok: true, members: Object.fromEntries(members) };
}

type Refused = { readonly ok: false; readonly refusal: Refusal };

const refuse = (rule: string, description: string): Refused => ({
  ok: false,
  refusal: refusal('invalid_client_metadata', rule, description),
});

const refuseList = (member: ListMember, description: string): Refused =>
  member === 'redirect_uris'
    ? { ok: false, refusal: refusal('invalid_redirect_uri', 'metadata.type', description) }
    : refuse('metadata.type', description);

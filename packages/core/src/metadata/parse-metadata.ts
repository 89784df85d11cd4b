import * as z from 'zod';
import type { Refusal } from '../refusal.ts';
import { refusal } from '../refusal.ts';
import { quote } from '../text/quote.ts';
import type { ClientMetadata } from './client-metadata.ts';
import { canonicalLanguage, splitTag, type TaggedMember } from './language.ts';

const text = z.string({ error: 'must be a string' }).exactOptional();
const texts = z
  .array(z.string({ error: 'must be a string' }), { error: 'must be an array of strings' })
  .exactOptional();

/** Members that cannot have a language tag. */
type PlainMember = Exclude<keyof ClientMetadata, TaggedMember | number>;

/**
 * Not exported, so that the major version of zod is not part of our API; `satisfies` and its use below tie it to the
 * interface.
 */
const clientMetadataSchema = z.object({
  redirect_uris: texts,
  token_endpoint_auth_method: text,
  grant_types: texts,
  response_types: texts,
  client_name: text,
  client_uri: text,
  logo_uri: text,
  tos_uri: text,
  policy_uri: text,
  scope: text,
  application_type: text,
  software_id: text,
  software_version: text,
  contacts: texts,
  software_statement: text,
} satisfies Record<PlainMember, z.ZodType>);

/** Whether a member of a request is read. */
export const isKnownMember = (name: string): boolean =>
  Object.hasOwn(clientMetadataSchema.shape, name) || splitTag(name) !== undefined;

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
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return refuse('metadata.object', 'the body must be a JSON object');
  }
  const present = Object.entries(body).filter(([, value]) => value !== null && value !== '');
  const parsed = clientMetadataSchema.safeParse(Object.fromEntries(present));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const [member = 'the body', index] = issue?.path ?? [];
    const where = index === undefined ? String(member) : `${String(member)}[${String(index)}]`;
    const problem = `${where} ${issue?.message ?? 'is not as RFC 7591 has it'}`;
    return refuse('metadata.type', problem, member === 'redirect_uris');
  }
  const tagged = parseTagged(present);
  return tagged.ok ? { ok: true, metadata: { ...parsed.data, ...tagged.members } } : tagged;
}

type TaggedMembers = Readonly<Record<TaggedMember, string>>;

function parseTagged(
  entries: readonly (readonly [string, unknown])[],
):
  { readonly ok: true; readonly members: TaggedMembers } | { readonly ok: false; readonly refusal: Refusal } {
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

function refuse(
  rule: string,
  description: string,
  isRedirectUri = false,
): { readonly ok: false; readonly refusal: Refusal } {
  return {
    ok: false,
    refusal: refusal(isRedirectUri ? 'invalid_redirect_uri' : 'invalid_client_metadata', rule, description),
  };
}

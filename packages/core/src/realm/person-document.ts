import * as z from 'zod';
import { MAX_USERNAME_LENGTH } from '../identifiers/username.ts';
import type { Parsed } from './problem.ts';
import { parseWith } from './schema/in-words.ts';
import { groupNames, text } from './schema/values.ts';

/** A person as a document has them. */
export interface PersonDocument {
  /** In any spelling, at most 256 characters; stored as `canonicalUsername` spells it. */
  readonly username: string;
  /** At most 256 characters. */
  readonly name: string;
  readonly email?: string;
  /** The `sub` of tokens: at most 255 visible ASCII characters. @default a random one */
  readonly subject?: string;
  /** The groups that an operator gives the person, at most 200. @default none */
  readonly groups?: readonly string[];
  /** Hashed when the person is stored; only the hash is kept. `null`: the person has no password. */
  readonly password?: string | null;
  /** A hash of the password in PHC string format. What stores the person checks which algorithms it can verify. */
  readonly passwordHash?: string;
}

/** A person without what proves who they are. */
export type PersonProfile = Omit<PersonDocument, 'password' | 'passwordHash'>;

/** What shall be different about a person. What is left out stays; an email address of `null` is deleted. */
export interface PersonAmendment {
  readonly name?: string;
  readonly email?: string | null;
  /** All groups that an operator gives the person. Those that a sign-in reported are another list. */
  readonly groups?: readonly string[];
  /** Forgets the groups that the latest sign-in reported, until the next sign-in. */
  readonly forgetReportedGroups?: true;
}

/** Reads a person, who has a password, the hash of one, or explicitly no password. */
export const parsePersonDocument = (value: unknown): Parsed<PersonDocument> =>
  parseWith(personSchema(), value);

/** Reads a person without what proves who they are. */
export const parsePersonProfile = (value: unknown): Parsed<PersonProfile> =>
  parseWith(z.strictObject(profileShape()), value);

/** Reads what shall be different about a person. */
export const parsePersonAmendment = (value: unknown): Parsed<PersonAmendment> =>
  parseWith(amendmentSchema(), value);

/** The longest name of a person, in UTF-16 units. */
const MAX_NAME_LENGTH = 256;

/** The longest email address. @see {@link https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.3 RFC 5321 §4.5.3.1.3} */
const MAX_EMAIL_LENGTH = 254;

const nameSchema = () => text(MAX_NAME_LENGTH);

const emailSchema = () => z.email().max(MAX_EMAIL_LENGTH);

const profileShape = () =>
  ({
    username: text(MAX_USERNAME_LENGTH),
    name: nameSchema(),
    email: emailSchema().exactOptional(),
    subject: subjectSchema().exactOptional(),
    groups: groupNames().exactOptional(),
  }) satisfies Record<keyof PersonProfile, z.ZodType>;

const amendmentSchema = (): z.ZodType<PersonAmendment> =>
  z.strictObject({
    name: nameSchema().exactOptional(),
    email: emailSchema().nullable().exactOptional(),
    groups: groupNames().exactOptional(),
    forgetReportedGroups: z.literal(true).exactOptional(),
  } satisfies Record<keyof PersonAmendment, z.ZodType>);

/** @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDToken OpenID Connect Core §2}, `sub` */
const subjectSchema = (): z.ZodType<string> =>
  z.string().regex(/^[\x21-\x7e]{1,255}$/, {
    error: 'must be 1 to 255 visible ASCII characters without spaces',
  });

const personSchema = (): z.ZodType<PersonDocument> =>
  z
    .strictObject({
      ...profileShape(),
      password: z.string().min(1).max(256).nullable().exactOptional(),
      passwordHash: z.string().exactOptional(),
    } satisfies Record<keyof PersonDocument, z.ZodType>)
    .refine(({ password, passwordHash }) => (password === undefined) !== (passwordHash === undefined), {
      error:
        'must have either password or passwordHash, and not both; "password": null is for a person without one',
    });

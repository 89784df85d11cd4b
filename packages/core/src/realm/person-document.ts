import { z } from 'zod';
import { MAX_USERNAME_LENGTH } from '../identifiers/username.ts';
import type { Parsed } from './problem.ts';
import { parseWith } from './schema/in-words.ts';
import { text } from './schema/values.ts';

/** A person as a document has them. */
export interface PersonDocument {
  /** In any spelling: {@link canonicalUsername} is the one that is stored. */
  readonly username: string;
  readonly name: string;
  readonly email?: string;
  /** The `sub` of tokens. @default a random one */
  readonly subject?: string;
  /** Hashed when the person is stored; only the hash is kept. */
  readonly password?: string;
  /** A hash of the password in PHC string format. What stores the person checks which algorithms it can verify. */
  readonly passwordHash?: string;
}

/** Reads a person, who has either a password or the hash of one. */
export const parsePersonDocument = (value: unknown): Parsed<PersonDocument> =>
  parseWith(personSchema(), value);

const personSchema = (): z.ZodType<PersonDocument> =>
  z
    .strictObject({
      username: text(MAX_USERNAME_LENGTH),
      name: text(),
      email: z.email().exactOptional(),
      subject: text().exactOptional(),
      password: z.string().min(1).max(256).exactOptional(),
      passwordHash: z.string().exactOptional(),
    } satisfies Record<keyof PersonDocument, z.ZodType>)
    .refine(({ password, passwordHash }) => (password === undefined) !== (passwordHash === undefined), {
      error: 'must have either password or passwordHash, and not both',
    });

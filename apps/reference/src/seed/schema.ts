import { canonicalResource, type Lifetimes, type RegistrationSettings } from '@vestibule/core';
import { z } from 'zod';

const count = z.int().min(0);
const seconds = z.int().min(1);
const text = z.string().trim().min(1);
const identifier = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: 'must be lower-case letters, digits and dashes, at most 63' });
const scopeName = z
  .string()
  .regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/, { error: 'must be a scope name (RFC 6749 section 3.3)' });

const settings = z.strictObject({
  registration: z
    .strictObject({
      open: z.boolean().exactOptional(),
      unsupportedTypes: z.enum(['refuse', 'narrow']).exactOptional(),
      privateUseSchemes: z.boolean().exactOptional(),
      reservedNames: z.array(text).exactOptional(),
      limits: z
        .strictObject({ perAddressPerHour: count.exactOptional(), perRealmPerDay: count.exactOptional() })
        .exactOptional(),
    } satisfies Record<keyof RegistrationSettings, z.ZodType>)
    .exactOptional(),
  lifetimes: z
    .strictObject({
      accessToken: seconds.exactOptional(),
      refreshToken: seconds.exactOptional(),
      refreshGrace: count.exactOptional(),
      code: seconds.exactOptional(),
      transaction: seconds.exactOptional(),
      session: seconds.exactOptional(),
    } satisfies Record<keyof Lifetimes, z.ZodType>)
    .exactOptional(),
});

const scope = z.strictObject({
  name: scopeName,
  description: text,
  openToDynamicClients: z.boolean().default(false),
});

const api = z.strictObject({
  id: identifier,
  name: text,
  /** Absolute, or a path that stands for one at the issuer's host. */
  resource: z.string().refine((value) => value.startsWith('/') || canonicalResource(value) !== undefined, {
    error: 'must be an absolute URI without a fragment, or a path at the issuer such as /mcp',
  }),
  scopes: z.array(scopeName),
  openToDynamicClients: z.boolean().default(false),
});

const person = z
  .strictObject({
    username: text.max(1_024),
    name: text,
    /** The `sub` of tokens. @default a random one */
    subject: text.optional(),
    /** Hashed when the seed is applied, and not kept. */
    password: z.string().min(1).max(1_024).optional(),
    /** An argon2 hash in PHC string format. */
    passwordHash: z
      .string()
      .regex(/^\$argon2(id|i|d)\$/, { error: 'must be an argon2 hash in PHC string format' })
      .optional(),
  })
  .refine(({ password, passwordHash }) => (password === undefined) !== (passwordHash === undefined), {
    error: 'must have either password or passwordHash',
  });

/** A realm as an operator writes it down. Everything that is left out has its safe default. */
export const seedSchema = z
  .strictObject({
    realm: z.strictObject({ id: identifier, name: text, settings: settings.exactOptional() }),
    scopes: z.array(scope).default([]),
    apis: z.array(api).default([]),
    people: z.array(person).default([]),
  })
  .superRefine(({ scopes, apis, people }, context) => {
    const problem = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    const repeated = (place: string, values: readonly string[], member: string): void => {
      for (const [index, value] of values.entries()) {
        if (values.indexOf(value) !== index) problem([place, index, member], 'is there twice');
      }
    };
    repeated(
      'scopes',
      scopes.map(({ name }) => name),
      'name',
    );
    repeated(
      'apis',
      apis.map(({ id }) => id),
      'id',
    );
    repeated(
      'apis',
      apis.map(({ resource }) => canonicalResource(resource) ?? resource),
      'resource',
    );
    repeated(
      'people',
      people.map(({ username }) => username.normalize('NFKC').toLowerCase()),
      'username',
    );
    for (const [index, { scopes: named }] of apis.entries()) {
      for (const [position, name] of named.entries()) {
        if (!scopes.some((known) => known.name === name)) {
          problem(['apis', index, 'scopes', position], `${name} is not among the scopes of this seed`);
        }
      }
    }
  });

export type Seed = z.output<typeof seedSchema>;

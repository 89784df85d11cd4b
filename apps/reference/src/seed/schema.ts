import { settingsSchema, text } from '@vestibule/cli';
import { canonicalResource, parseScope } from '@vestibule/core';
import { canonicalUsername, issuerPath, pathAt } from '@vestibule/server';
import { z } from 'zod';
import { client } from './clients.ts';

const identifier = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: 'must be lower-case letters, digits and dashes, at most 63' });
const scopeName = z.string().refine((name) => parseScope(name)?.length === 1, {
  error: 'must be one scope name (RFC 6749 section 3.3)',
});

const scope = z.strictObject({
  name: scopeName,
  description: text,
  openToDynamicClients: z.boolean().default(false),
});

/** An absolute URI, or a path at the issuer's origin. */
const resource = (issuer: string): z.ZodType<string> => {
  const { origin } = new URL(issuer);
  // Userinfo is an API like any other, which a realm has only if the seed lists it.
  const userinfo = `${origin}${pathAt(issuer, 'userinfo')}`;
  const taken = ['/.well-known', `${issuerPath(issuer)}/.well-known`, `${issuerPath(issuer)}/connect`];
  return z
    .string()
    .transform((value) => (/^\/(?!\/)/.test(value) ? `${origin}${value}` : value))
    .refine((value) => canonicalResource(value) !== undefined, {
      error: 'must be an absolute URI without a fragment, or a path at the issuer such as /mcp',
    })
    .refine(
      (value) => value === userinfo || !taken.some((path) => `${value}/`.startsWith(`${origin}${path}/`)),
      {
        error: `must not be a path of the authorization server; choose a path such as /mcp, or userinfo: ${pathAt(issuer, 'userinfo')}`,
      },
    );
};

const api = (issuer: string) =>
  z.strictObject({
    id: identifier,
    name: text,
    resource: resource(issuer),
    scopes: z.array(scopeName),
    openToDynamicClients: z.boolean().default(false),
    dpop: z.enum(['off', 'offered', 'required']).exactOptional(),
    pushedRequestsOnly: z.boolean().exactOptional(),
  });

const person = z
  .strictObject({
    username: text.max(256),
    name: text,
    email: z.email().optional(),
    /** The `sub` of tokens. @default a random one */
    subject: text.optional(),
    /** Hashed when the seed is applied; only the hash is stored. */
    password: z.string().min(1).max(256).optional(),
    /** An argon2 hash in PHC string format. */
    passwordHash: z.string().optional(),
  })
  .refine(({ password, passwordHash }) => (password === undefined) !== (passwordHash === undefined), {
    error: 'must have either password or passwordHash, and not both',
  });

/**
 * A realm with its scopes, APIs, people and clients. Members that are left out have safe defaults.
 *
 * @param issuer the base of resources that are written as paths
 */
export const seedSchema = (issuer: string) =>
  z
    .strictObject({
      realm: z.strictObject({
        id: identifier,
        name: text,
        /** An https URL, or a path at the app's origin. @default the app's issuer */
        issuer: z.string().exactOptional(),
        settings: settingsSchema.exactOptional(),
      }),
      scopes: z.array(scope).default([]),
      apis: z.array(api(issuer)).default([]),
      people: z.array(person).default([]),
      clients: z.array(client(resource(issuer))).default([]),
    })
    .superRefine(({ scopes, apis, people, clients }, context) => {
      const problem = (path: (string | number)[], message: string): void =>
        context.addIssue({ code: 'custom', path, message });
      const repeated = (place: string, member: string, values: readonly (string | undefined)[]): void => {
        for (const [index, value] of values.entries()) {
          const isRepeated = value !== undefined && values.indexOf(value) !== index;
          if (isRepeated) problem([place, index, member], 'is a duplicate');
        }
      };
      repeated(
        'scopes',
        'name',
        scopes.map(({ name }) => name),
      );
      repeated(
        'apis',
        'id',
        apis.map(({ id }) => id),
      );
      repeated(
        'apis',
        'resource',
        apis.map((one) => canonicalResource(one.resource)),
      );
      repeated(
        'people',
        'username',
        people.map(({ username }) => canonicalUsername(username)),
      );
      repeated(
        'people',
        'subject',
        people.map(({ subject }) => subject),
      );
      repeated(
        'clients',
        'id',
        clients.map(({ id }) => id),
      );
      for (const [index, { scopes: named }] of apis.entries()) {
        for (const [position, name] of named.entries()) {
          const isKnown = scopes.some((known) => known.name === name);
          if (!isKnown) {
            problem(['apis', index, 'scopes', position], `${name} is not among the scopes of this seed`);
          }
        }
      }
    });

export type Seed = z.output<ReturnType<typeof seedSchema>>;

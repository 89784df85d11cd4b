import { keySet, text } from '@vestibule/cli';
import {
  type AuthenticationTerms,
  judgeTerms,
  preregister,
  type PreregistrationTerms,
  type Realm,
} from '@vestibule/core';
import { Refused } from '@vestibule/database';
import { randomToken, sha256 } from '@vestibule/http';
import type { Stores } from '@vestibule/server';
import { z } from 'zod';

const authentication = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('none') }),
  z.strictObject({
    method: z.enum(['client_secret_basic', 'client_secret_post']),
    /** Hashed when the seed is applied; only the hash is stored. */
    secret: z.string(),
  }),
  z.strictObject({
    method: z.literal('private_key_jwt'),
    jwks: keySet.exactOptional(),
    jwksUri: z.string().exactOptional(),
  }),
]) satisfies z.ZodType<AuthenticationTerms>;

/**
 * A pre-registered client in a seed.
 *
 * @param resource the schema for the resource of an API
 */
export const client = (resource: z.ZodType<string>) =>
  z.strictObject({
    id: z.string(),
    name: text,
    redirectUris: z.array(z.string()),
    authentication,
    access: z.array(z.strictObject({ resource, scopes: z.array(z.string()) })),
    rememberConsent: z.boolean().default(false),
  } satisfies Record<keyof PreregistrationTerms, z.ZodType>);

/**
 * Checks the clients of a seed.
 *
 * @throws Refused if the realm does not accept the terms of one
 */
export function checkClients(realm: Realm, clients: readonly PreregistrationTerms[]): void {
  const problems = clients.flatMap((terms, index) => {
    const refused = judgeTerms(terms, realm);
    return refused === undefined ? [] : [`  clients.${index}.${refused.member}: ${refused.problem}`];
  });
  if (problems.length > 0) throw new Refused(`SEED does not describe a realm:\n${problems.join('\n')}`);
}

/** Pre-registers the clients of a realm that is not stored yet. A client that already exists is not changed. */
export async function makeClients(
  { clients }: Pick<Stores, 'clients'>,
  realm: Realm,
  all: readonly PreregistrationTerms[],
): Promise<void> {
  const realms = { find: async (): Promise<Realm> => realm };
  const options = { realms, clients, clock: Date.now, generateToken: randomToken, hash: sha256 };
  for (const terms of all) await preregister(options, realm.id, terms);
}

import * as z from 'zod';
import { judgeTerms } from '../operator/pre-registration/judge-terms.ts';
import type { AuthenticationTerms, PreregistrationTerms } from '../operator/pre-registration/terms.ts';
import { resourceSchema } from './api-document.ts';
import type { Parsed } from './problem.ts';
import type { Realm } from './realm.ts';
import { parseWith } from './schema/in-words.ts';
import { keySet, text } from './schema/values.ts';

/** A pre-registered client as a document has it. */
export type PreregistrationDocument = PreregistrationTerms & { readonly id: string };

/**
 * Reads a pre-registered client, whose resources may be paths at the issuer's origin.
 *
 * @param realm the realm whose APIs the client may access
 */
export function parsePreregistrationDocument(
  value: unknown,
  realm: Pick<Realm, 'issuer' | 'apis'>,
): Parsed<PreregistrationDocument> {
  const parsed = parseWith(clientSchema(realm.issuer), value);
  if (!parsed.ok) return parsed;
  const refused = judgeTerms(parsed.value, realm);
  return refused === undefined
    ? parsed
    : { ok: false, problems: [{ place: refused.member, problem: refused.problem }] };
}

const clientSchema = (issuer: string): z.ZodType<PreregistrationDocument> =>
  z.strictObject({
    id: z.string(),
    name: text(),
    redirectUris: z.array(z.string()),
    authentication: authentication(),
    access: z.array(z.strictObject({ resource: resourceSchema(issuer), scopes: z.array(z.string()) })),
    rememberConsent: z.boolean().default(false),
  } satisfies Record<keyof PreregistrationDocument, z.ZodType>);

const METHODS = 'none, client_secret_basic, client_secret_post or private_key_jwt';

const authentication = (): z.ZodType<AuthenticationTerms> =>
  z.discriminatedUnion(
    'method',
    [
      z.strictObject({ method: z.literal('none') }),
      z.strictObject({
        method: z.enum(['client_secret_basic', 'client_secret_post']),
        /** Hashed when the client is stored; only the hash is kept. */
        secret: z.string(),
      }),
      z.strictObject({
        method: z.literal('private_key_jwt'),
        jwks: keySet().exactOptional(),
        jwksUri: z.string().exactOptional(),
      }),
    ],
    { error: ({ code }) => (code === 'invalid_union' ? `must be ${METHODS}` : undefined) },
  );

import * as z from 'zod';
import { canonicalResource } from '../identifiers/resource.ts';
import { parseScope } from '../identifiers/scope.ts';
import { didYouMean } from '../text/nearest.ts';
import { quoteConfigured } from '../text/quote.ts';
import { placeOf, type Parsed } from './problem.ts';
import type { Api, Scope } from './realm.ts';
import { parseWith } from './schema/in-words.ts';
import { groupNames, identifier, text } from './schema/values.ts';
import { absoluteResource, isServersOwn, userinfoPath } from './server-paths.ts';

/** An API as a document has it: without the hashes of its secrets, which only the server makes. */
export type ApiDocument = Omit<Api, 'secretHashes'>;

/** The realm that an API is read for. */
export interface RealmOfApi {
  readonly issuer: string;
  readonly scopes: readonly Pick<Scope, 'name'>[];
}

/** Reads an API. Its resource may be a path at the issuer's origin; the gate for dynamic clients is closed if it is left out. */
export function parseApiDocument(value: unknown, { issuer, scopes }: RealmOfApi): Parsed<ApiDocument> {
  const parsed = parseWith(apiSchema(issuer), value);
  if (!parsed.ok) return parsed;
  const names = scopes.map(({ name }) => name);
  const problems = parsed.value.scopes.flatMap((name, index, all) => {
    const place = placeOf(['scopes', index]);
    if (all.indexOf(name) !== index) return [{ place, problem: 'is a duplicate' }];
    const unknown = `${quoteConfigured(name)} is not a scope of this realm.${didYouMean(name, names)}`;
    return names.includes(name) ? [] : [{ place, problem: unknown }];
  });
  return problems.length === 0 ? parsed : { ok: false, problems };
}

const apiSchema = (issuer: string): z.ZodType<ApiDocument> =>
  z.strictObject({
    id: identifier(),
    name: text(),
    resource: resourceSchema(issuer),
    scopes: z.array(scopeName()),
    openToDynamicClients: z.boolean().default(false),
    dpop: z.enum(['off', 'offered', 'required']).exactOptional(),
    pushedRequestsOnly: z.boolean().exactOptional(),
    allowedGroups: groupNames(1).exactOptional(),
  } satisfies Record<keyof ApiDocument, z.ZodType>);

/** The name of one scope. */
export const scopeName = (): z.ZodType<string> =>
  z.string().refine((name) => parseScope(name)?.length === 1, {
    error: 'must be one scope name (RFC 6749 section 3.3)',
  });

/** A resource indicator: an absolute URI, or a path at the issuer's origin. */
export const resourceSchema = (issuer: string): z.ZodType<string> =>
  z
    .string()
    .transform((value) => absoluteResource(value, issuer))
    .refine((value) => canonicalResource(value) !== undefined, {
      error: 'must be an absolute URI without a fragment, or a path at the issuer such as /mcp',
    })
    .refine((value) => !isServersOwn(value, issuer), {
      error: `must not be a path of the authorization server; choose a path such as /mcp, or userinfo: ${userinfoPath(issuer)}`,
    });

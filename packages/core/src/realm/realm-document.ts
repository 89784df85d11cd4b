import * as z from 'zod';
import { canonicalResource } from '../identifiers/resource.ts';
import { canonicalUsername } from '../identifiers/username.ts';
import { type ApiDocument, parseApiDocument } from './api-document.ts';
import { type PreregistrationDocument, parsePreregistrationDocument } from './preregistration-document.ts';
import { issuerProblem } from './issuer.ts';
import { parseSettings } from './parse-settings.ts';
import { parsePersonDocument, type PersonDocument } from './person-document.ts';
import { type Parsed, placeOf, type Problem, within } from './problem.ts';
import type { Scope } from './realm.ts';
import { parseWith } from './schema/in-words.ts';
import { identifier, text } from './schema/values.ts';
import { parseScopeDocument } from './scope-document.ts';
import type { PartialRealmSettings } from './settings.ts';

/** A realm with its scopes, APIs, people and pre-registered clients: what a seed file holds. */
export interface RealmDocument {
  readonly realm: {
    readonly id: string;
    readonly name: string;
    readonly issuer: string;
    /** What was chosen; everything else has its default. */
    readonly settings: PartialRealmSettings;
  };
  readonly scopes: readonly Scope[];
  readonly apis: readonly ApiDocument[];
  readonly people: readonly PersonDocument[];
  readonly clients: readonly PreregistrationDocument[];
}

/**
 * Reads a document that describes a realm. Members that are left out have safe defaults: no scopes, no APIs, every gate closed.
 *
 * @param baseIssuer the issuer of a realm that names none. An issuer may also be a path at its origin
 * @returns the realm, or everything that is wrong with the document
 */
export function parseRealmDocument(value: unknown, baseIssuer: string): Parsed<RealmDocument> {
  const outline = parseWith(outlineSchema(), value);
  if (!outline.ok) return outline;
  const { realm, ...parts } = outline.value;
  const issuer = issuerOf(realm.issuer, baseIssuer);
  const problem = issuerProblem(issuer);
  // Without an issuer there is nothing that resources written as paths belong to.
  if (problem !== undefined) return { ok: false, problems: [{ place: 'realm.issuer', problem }] };

  const settings = parseSettings(realm.settings ?? {});
  const scopes = parseList('scopes', parts.scopes, parseScopeDocument);
  // Also the names of scopes that are invalid otherwise: an API that names one has no problem of its own.
  const named = parts.scopes.flatMap((scope) => nameOf(scope) ?? []);
  const apis = parseList('apis', parts.apis, (api) => parseApiDocument(api, { issuer, scopes: named }));
  const people = parseList('people', parts.people, parsePersonDocument);
  const clients = parseList('clients', parts.clients, (client) =>
    parsePreregistrationDocument(client, { issuer, apis: apis.values }),
  );
  const problems = [
    ...(settings.ok ? [] : within(['realm', 'settings'], settings.problems)),
    ...[scopes, apis, people].flatMap((part) => part.problems),
    // What a client may access can only be judged if all APIs are known.
    ...(apis.problems.length === 0 ? clients.problems : []),
    ...duplicates('scopes', 'name', scopes, ({ name }) => name),
    ...duplicates('apis', 'id', apis, ({ id }) => id),
    ...duplicates('apis', 'resource', apis, ({ resource }) => canonicalResource(resource)),
    ...duplicates('people', 'username', people, ({ username }) => canonicalUsername(username)),
    ...duplicates('people', 'subject', people, ({ subject }) => subject),
    ...duplicates('clients', 'id', clients, ({ id }) => id),
  ];
  if (!settings.ok || problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    value: {
      realm: { id: realm.id, name: realm.name, issuer, settings: settings.value },
      scopes: scopes.values,
      apis: apis.values,
      people: people.values,
      clients: clients.values,
    },
  };
}

/** The document without a look into its parts. */
const outlineSchema = () =>
  z.strictObject({
    realm: z.strictObject({
      id: identifier(),
      name: text(),
      issuer: z.string().exactOptional(),
      settings: z.unknown().exactOptional(),
    } satisfies Record<keyof RealmDocument['realm'], z.ZodType>),
    scopes: z.array(z.unknown()).default([]),
    apis: z.array(z.unknown()).default([]),
    people: z.array(z.unknown()).default([]),
    clients: z.array(z.unknown()).default([]),
  } satisfies Record<keyof RealmDocument, z.ZodType>);

/** The issuer of a realm. A path is at the origin of the base. */
const issuerOf = (given: string | undefined, base: string): string =>
  given?.startsWith('/') ? `${URL.parse(base)?.origin ?? ''}${given}` : (given ?? base);

const nameOf = (scope: unknown): Pick<Scope, 'name'> | undefined =>
  typeof scope === 'object' && scope !== null && 'name' in scope && typeof scope.name === 'string'
    ? { name: scope.name }
    : undefined;

/** The valid entries of a list, and the problems of the others. */
interface ParsedList<T> {
  readonly values: readonly T[];
  readonly problems: readonly Problem[];
  /** Each entry at its place in the document; `undefined` if it is invalid. */
  readonly entries: readonly (T | undefined)[];
}

function parseList<T>(
  name: keyof RealmDocument,
  list: readonly unknown[],
  parse: (value: unknown) => Parsed<T>,
): ParsedList<T> {
  const parsed = list.map(parse);
  return {
    values: parsed.flatMap((one) => (one.ok ? [one.value] : [])),
    entries: parsed.map((one) => (one.ok ? one.value : undefined)),
    problems: parsed.flatMap((one, index) => (one.ok ? [] : within([name, index], one.problems))),
  };
}

/** The entries of a list that have the same value as an earlier one. */
const duplicates = <T extends object>(
  list: keyof RealmDocument,
  member: string & keyof T,
  { entries }: ParsedList<T>,
  valueOf: (entry: T) => string | undefined,
): readonly Problem[] => {
  const values = entries.map((entry) => entry && valueOf(entry));
  return values.flatMap((value, index) =>
    value !== undefined && values.indexOf(value) !== index
      ? [{ place: placeOf([list, index, member]), problem: 'is a duplicate' }]
      : [],
  );
};

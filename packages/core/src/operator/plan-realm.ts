import { differingPaths, recordedDifference, type RecordedDifference } from '../audit/recorded-state.ts';
import type { PreregisteredClient } from '../client/client.ts';
import { memberships } from '../gates/allows-person.ts';
import type { KnownPerson } from '../ports/operator-stores.ts';
import type { ApiDocument } from '../realm/api-document.ts';
import type { PersonDocument } from '../realm/person-document.ts';
import type { PreregistrationDocument } from '../realm/preregistration-document.ts';
import { placeOf, type Problem } from '../realm/problem.ts';
import type { RealmDocument } from '../realm/realm-document.ts';
import type { Api, RealmRecord, Scope } from '../realm/realm.ts';
import { leavesOf, merged } from '../realm/setting-tree.ts';
import { canonicalUsername } from '../identifiers/username.ts';
import { clientState } from './client-state.ts';

/** What of a realm is stored, as far as a document can describe it. */
export interface DescribedState {
  /** Absent: the realm does not exist. */
  readonly realm?: RealmRecord;
  /** The stored people that the document has. */
  readonly people: readonly KnownPerson[];
  /** The pre-registered clients of the realm. */
  readonly clients: readonly PreregisteredClient[];
}

/** One difference between a realm and its document. */
export interface PlannedChange extends RecordedDifference {
  /** `+`: is added; `-`: is removed; `~`: is changed. */
  readonly sign: '+' | '-' | '~';
  readonly part: 'realm' | 'setting' | 'scope' | 'api' | 'client' | 'person';
  /** The id, the name, the username or the path of the setting. */
  readonly name: string;
}

/** The differences, in the order in which they are applied; or why the document cannot be applied. */
export type RealmPlan =
  | { readonly ok: true; readonly changes: readonly PlannedChange[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Compares a realm with the document that describes it. What the document has becomes as it is there. What it does not have is
 * kept; with `prune`, scopes, APIs and pre-registered clients are removed and settings reset. People and dynamic clients are
 * never removed. Passwords and client secrets count only for what is added: they are not compared.
 */
export function planRealm(
  { realm, people, clients }: DescribedState,
  document: RealmDocument,
  { prune = false }: { readonly prune?: boolean } = {},
): RealmPlan {
  const problems = conflicts({ ...(realm !== undefined && { realm }), people, clients }, document);
  if (problems.length > 0) return { ok: false, problems };
  const { id, name, issuer } = document.realm;
  const before = realm ?? { id, name, issuer, settings: {}, scopes: [], apis: [] };
  const part = compared(prune);
  const scopes = part('scope', before.scopes, document.scopes, ({ name: key }) => key, scopeState);
  const apis = part('api', before.apis, document.apis, ({ id: key }) => key, apiState);
  const known = part('client', clients, document.clients, ({ id: key }) => key, clientStateOf);
  const isRemoval = ({ sign }: PlannedChange): boolean => sign === '-';
  const remains = (list: readonly PlannedChange[]): readonly PlannedChange[] =>
    list.filter((change) => !isRemoval(change));
  return {
    ok: true,
    changes: [
      ...(realm === undefined
        ? [
            {
              sign: '+',
              part: 'realm',
              name: id,
              ...recordedDifference(undefined, { name, issuer }),
            } as const,
          ]
        : changed('realm', id, { name: realm.name }, { name })),
      ...remains(scopes),
      ...remains(apis),
      // An API is removed before a scope that only it has, and a client before the APIs that it may access.
      ...known.filter(isRemoval),
      ...apis.filter(isRemoval),
      ...scopes.filter(isRemoval),
      ...remains(known),
      ...planPeople(people, document.people),
      ...planSettings(before.settings, document.realm.settings, prune),
    ],
  };
}

/** What can never change: the issuer, the resource of an API, how a client authenticates, the subject of a person. */
function conflicts({ realm, people, clients }: DescribedState, document: RealmDocument): readonly Problem[] {
  const fixed = (place: string, is: string): Problem => ({ place, problem: `cannot change: it is ${is}` });
  return [
    ...(realm !== undefined && realm.issuer !== document.realm.issuer
      ? [fixed('realm.issuer', realm.issuer)]
      : []),
    ...document.apis.flatMap(({ id, resource }, index) => {
      const api = realm?.apis.find((one) => one.id === id);
      const place = placeOf(['apis', index, 'resource']);
      return api === undefined || api.resource === resource ? [] : [fixed(place, api.resource)];
    }),
    ...document.clients.flatMap(({ id, authentication: { method } }, index) => {
      const client = clients.find((one) => one.id === id);
      const own = client?.terms.authentication.method;
      const place = placeOf(['clients', index, 'authentication']);
      return own === undefined || own === method ? [] : [fixed(place, own)];
    }),
    ...document.people.flatMap(({ username, subject }, index) => {
      const person = people.find((one) => one.username === canonicalUsername(username));
      const place = placeOf(['people', index, 'subject']);
      return person === undefined || subject === undefined || person.subject === subject
        ? []
        : [fixed(place, person.subject)];
    }),
  ];
}

/** Compares lists of parts by their key. */
const compared =
  (prune: boolean) =>
  <Stored, Described>(
    part: PlannedChange['part'],
    stored: readonly Stored[],
    described: readonly Described[],
    keyOf: (one: Stored | Described) => string,
    stateOf: (one: Stored | Described) => object,
  ): readonly PlannedChange[] => [
    ...described.flatMap((next): readonly PlannedChange[] => {
      const key = keyOf(next);
      const known = stored.find((one) => keyOf(one) === key);
      return known === undefined
        ? [{ sign: '+', part, name: key, ...recordedDifference(undefined, stateOf(next)) }]
        : changed(part, key, stateOf(known), stateOf(next));
    }),
    ...stored.flatMap((one): readonly PlannedChange[] => {
      const name = keyOf(one);
      const isKept = !prune || described.some((next) => keyOf(next) === name);
      return isKept ? [] : [{ sign: '-', part, name, ...recordedDifference(stateOf(one), undefined) }];
    }),
  ];

const changed = (
  part: PlannedChange['part'],
  name: string,
  before: object,
  after: object,
): readonly PlannedChange[] =>
  differingPaths(before, after).length === 0
    ? []
    : [{ sign: '~', part, name, ...recordedDifference(before, after) }];

const planPeople = (
  people: readonly KnownPerson[],
  described: readonly PersonDocument[],
): readonly PlannedChange[] =>
  described.flatMap((next): readonly PlannedChange[] => {
    const username = canonicalUsername(next.username);
    const known = people.find((one) => one.username === username);
    const after = { name: next.name, email: next.email, ...memberships({ groups: next.groups ?? [] }) };
    const added = { ...after, ...(next.password === null && { password: false }) };
    return known === undefined
      ? [{ sign: '+', part: 'person', name: username, ...recordedDifference(undefined, added) }]
      : changed('person', username, { name: known.name, email: known.email, groups: known.groups }, after);
  });

function planSettings(before: object, described: object, prune: boolean): readonly PlannedChange[] {
  const after = prune ? described : merged(before, described);
  const [old, next] = [valuesOf(before), valuesOf(after)];
  return Array.from(new Set([...old.keys(), ...next.keys()])).flatMap((path): readonly PlannedChange[] => {
    if (!next.has(path)) {
      return [
        {
          sign: '-',
          part: 'setting',
          name: path,
          ...recordedDifference({ value: old.get(path) }, undefined),
        },
      ];
    }
    const value = { value: next.get(path) };
    return old.has(path)
      ? changed('setting', path, { value: old.get(path) }, value)
      : [{ sign: '+', part: 'setting', name: path, ...recordedDifference(undefined, value) }];
  });
}

const valuesOf = (settings: object): ReadonlyMap<string, unknown> =>
  new Map(
    leavesOf(settings)
      .filter(({ path }) => path !== '')
      .map(({ path, value }) => [path, value]),
  );

const scopeState = ({ description, openToDynamicClients }: Scope): object => ({
  description,
  openToDynamicClients,
});

/** A member that is left out has its default. */
const apiState = ({
  name,
  scopes,
  resource,
  openToDynamicClients,
  dpop,
  pushedRequestsOnly,
  allowedGroups,
}: Api | ApiDocument): object => ({
  name,
  resource,
  scopes: scopes.toSorted(),
  openToDynamicClients,
  dpop: dpop ?? 'off',
  pushedRequestsOnly: pushedRequestsOnly ?? false,
  allowedGroups: allowedGroups?.toSorted(),
});

/** A client without its secrets: those of a document count only when it is added. */
function clientStateOf(client: PreregisteredClient | PreregistrationDocument): object {
  if ('authentication' in client) {
    const { name, redirectUris, authentication, access, rememberConsent = false } = client;
    return {
      name,
      redirectUris,
      authentication: authentication.method,
      ...('jwks' in authentication && { keys: authentication.jwks?.keys }),
      ...('jwksUri' in authentication && { jwksUri: authentication.jwksUri }),
      access: access.map(({ resource, scopes }) => `${resource} ${scopes.join(' ')}`),
      rememberConsent,
    };
  }
  const {
    blocked: _blocked,
    secrets: _secrets,
    ...state
  } = Object.assign({ blocked: false, secrets: 0 }, clientState(client));
  return state;
}

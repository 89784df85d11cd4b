import type { Actor } from '../audit/actor.ts';
import { canonicalUsername } from '../identifiers/username.ts';
import type { Problem } from '../realm/problem.ts';
import type { RealmDocument } from '../realm/realm-document.ts';
import type { ApiActs, PartChange } from './api-acts.ts';
import type { ClientActs } from './client-acts.ts';
import type { AddedPerson, PersonActs } from './person-acts.ts';
import type { PlannedChange } from './plan-realm.ts';
import type { Amending, Amendment, AuthenticationTerms, Preregistering } from './pre-registration/terms.ts';
import type { AddedRealm, RealmActs } from './realm-acts.ts';
import type { ScopeActs } from './scope-acts.ts';
import type { SettingsActs, SettingsOutcome } from './settings-acts.ts';

/** The acts on the parts of a realm. */
export interface PartActs {
  readonly realms: RealmActs;
  readonly settings: SettingsActs;
  readonly scopes: ScopeActs;
  readonly apis: ApiActs;
  readonly clients: ClientActs;
  readonly people: PersonActs;
}

/** What a planned change is made with. */
export interface StepContext {
  readonly acts: PartActs;
  readonly actor: Actor;
  readonly document: RealmDocument;
  readonly hashPassword: (password: string) => Promise<string>;
  /** The subject of a person, by username. */
  readonly subjectOf: (username: string) => Promise<string | undefined>;
}

/**
 * Makes planned changes by one act: a single change, or all settings that are set.
 *
 * @returns why it was not made; empty if it was
 */
export async function makeStep(
  context: StepContext,
  step: readonly PlannedChange[],
): Promise<readonly Problem[]> {
  const [change] = step;
  if (change === undefined) return [];
  const made = await make(context, change);
  const place = `${change.part} ${change.name}`;
  switch (made.outcome) {
    case 'refused':
      return 'problems' in made
        ? made.problems
        : [{ place: `${place}: ${made.member}`, problem: made.problem }];
    case 'exists':
    case 'missing':
      return [{ place, problem: 'was added or removed meanwhile. Apply the document again' }];
    case 'made':
      return [];
  }
}

type Made =
  | { readonly outcome: 'made' | 'exists' | 'missing' }
  | { readonly outcome: 'refused'; readonly problems: readonly Problem[] }
  | { readonly outcome: 'refused'; readonly member: string; readonly problem: string };

async function make(context: StepContext, change: PlannedChange): Promise<Made> {
  switch (change.part) {
    case 'realm':
      return makeRealm(context, change);
    case 'setting':
      return makeSetting(context, change);
    case 'scope':
      return makeScope(context, change);
    case 'api':
      return makeApi(context, change);
    case 'client':
      return makeClient(context, change);
    case 'person':
      return makePerson(context, change);
  }
}

const MADE = { outcome: 'made' } as const;
const MISSING = { outcome: 'missing' } as const;

type ActOutcome = PartChange | AddedRealm | SettingsOutcome | Preregistering | Amending | AddedPerson;

/** The outcome of an act as that of a step, which is the same if the realm was so already. */
function asMade(result: ActOutcome): Made {
  switch (result.outcome) {
    case 'refused':
      return result;
    case 'exists':
    case 'missing':
      return { outcome: result.outcome };
    case 'changed':
    case 'unchanged':
    case 'added':
    case 'preregistered':
      return MADE;
  }
}

async function makeRealm({ acts, actor, document }: StepContext, { sign }: PlannedChange): Promise<Made> {
  const { id, name, issuer } = document.realm;
  return asMade(
    sign === '+'
      ? await acts.realms.add(actor, { id, name, issuer })
      : await acts.realms.rename(actor, id, name),
  );
}

async function makeSetting(
  { acts, actor, document: { realm } }: StepContext,
  { sign, name }: PlannedChange,
): Promise<Made> {
  const step = sign === '-' ? { reset: name } : { set: realm.settings };
  return asMade(await acts.settings.change(actor, realm.id, step));
}

async function makeScope(
  { acts, actor, document }: StepContext,
  { sign, name }: PlannedChange,
): Promise<Made> {
  const { id } = document.realm;
  if (sign === '-') {
    // If another call has removed it, the result is the same.
    await acts.scopes.remove(actor, id, name);
    return MADE;
  }
  const scope = document.scopes.find((one) => one.name === name);
  if (scope === undefined) return MISSING;
  const { name: _name, ...amendment } = scope;
  return asMade(
    sign === '+'
      ? await acts.scopes.add(actor, id, scope)
      : await acts.scopes.change(actor, id, name, amendment),
  );
}

async function makeApi({ acts, actor, document }: StepContext, { sign, name }: PlannedChange): Promise<Made> {
  const { id: realm } = document.realm;
  if (sign === '-') {
    // If another call has removed it, the result is the same.
    await acts.apis.remove(actor, realm, name);
    return MADE;
  }
  const api = document.apis.find(({ id }) => id === name);
  if (api === undefined) return MISSING;
  if (sign === '+') return asMade(await acts.apis.add(actor, realm, api));
  const { name: title, scopes, openToDynamicClients, dpop = 'off', pushedRequestsOnly = false } = api;
  const { allowedGroups = null } = api;
  const amendment = { name: title, scopes, openToDynamicClients, dpop, pushedRequestsOnly, allowedGroups };
  return asMade(await acts.apis.change(actor, realm, name, amendment));
}

async function makeClient(
  { acts, actor, document }: StepContext,
  { sign, name }: PlannedChange,
): Promise<Made> {
  const { id: realm } = document.realm;
  if (sign === '-') {
    // If another call has removed it, the result is the same.
    await acts.clients.remove(actor, realm, name);
    return MADE;
  }
  const terms = document.clients.find(({ id }) => id === name);
  if (terms === undefined) return MISSING;
  if (sign === '+') return asMade(await acts.clients.add(actor, realm, terms));
  const { name: title, redirectUris, access, rememberConsent = false, authentication } = terms;
  return asMade(
    await acts.clients.change(actor, realm, name, {
      name: title,
      redirectUris,
      access,
      rememberConsent,
      ...(authentication.method === 'private_key_jwt' && { keys: keysOf(authentication) }),
    }),
  );
}

const keysOf = ({
  method: _method,
  ...keys
}: Extract<AuthenticationTerms, { readonly method: 'private_key_jwt' }>): NonNullable<Amendment['keys']> =>
  keys;

async function makePerson(
  { acts, actor, document, hashPassword, subjectOf }: StepContext,
  { sign, name }: PlannedChange,
): Promise<Made> {
  const { id: realm } = document.realm;
  const person = document.people.find(({ username }) => canonicalUsername(username) === name);
  if (person === undefined) return MISSING;
  const { password, passwordHash, ...terms } = person;
  if (sign === '+') {
    const hash = passwordHash ?? (typeof password === 'string' ? await hashPassword(password) : null);
    return asMade(await acts.people.add(actor, realm, { ...terms, passwordHash: hash }));
  }
  const amendment = { name: terms.name, email: terms.email ?? null, groups: terms.groups ?? [] };
  const subject = await subjectOf(name);
  return subject === undefined ? MISSING : asMade(await acts.people.change(actor, realm, subject, amendment));
}

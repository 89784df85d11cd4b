import type { Actor } from '../audit/actor.ts';
import type { AuditFacts } from '../audit/event.ts';
import { differingPaths } from '../audit/recorded-state.ts';
import type { OperatorChange } from '../ports/operator-commit.ts';
import type { KnownPerson } from '../ports/operator-stores.ts';
import { personAdded, personChanged } from './person-state.ts';

/** What another system says of a person who signed in there. */
export type ReportedPerson = Pick<
  KnownPerson,
  'realm' | 'subject' | 'name' | 'email' | 'emailVerified' | 'reportedGroups'
>;

/** The change that stores what was reported, and its event. */
export interface ProfileChange {
  readonly change: OperatorChange;
  readonly event: AuditFacts;
}

/**
 * What to store of a person who signed in elsewhere. A new person gets their subject as username and has no password. The username,
 * the password and the groups that an operator gave a known person stay.
 *
 * @param known the person, as stored
 * @returns `undefined` if nothing differs
 */
export function profileChange(
  known: KnownPerson | undefined,
  reported: ReportedPerson,
): ProfileChange | undefined {
  const { subject } = reported;
  const actor: Actor = { kind: 'person', id: subject };
  if (known === undefined) {
    const person = { ...reported, username: subject };
    return { change: { kind: 'person.insert', person }, event: { ...personAdded(person), actor } };
  }
  const { username, passwordHash, groups } = known;
  const person = {
    ...reported,
    username,
    ...(groups !== undefined && { groups }),
    ...(passwordHash !== undefined && { passwordHash }),
  };
  if (differingPaths(known, person).length === 0) return undefined;
  const change = { kind: 'person.replace', person, replaced: known } as const;
  return { change, event: { ...personChanged(known, person), actor } };
}

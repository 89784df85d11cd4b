import type { Actor } from '../audit/actor.ts';
import { differingPaths, recordedDifference } from '../audit/recorded-state.ts';
import { canonicalUsername } from '../identifiers/username.ts';
import { memberships } from '../gates/allows-person.ts';
import type { OperatorChange } from '../ports/operator-commit.ts';
import type { KnownPerson } from '../ports/operator-stores.ts';
import {
  parsePersonAmendment,
  parsePersonProfile,
  type PersonAmendment,
  type PersonProfile,
} from '../realm/person-document.ts';
import type { Problem } from '../realm/problem.ts';
import type { ActContext } from './act-context.ts';
import type { PartChange } from './api-acts.ts';
import type { GrantActs } from './grant-acts.ts';
import { personAdded, personChanged, personState } from './person-state.ts';

/** A person who shall be added. Everything is validated except for the hash. */
export interface PersonTerms extends PersonProfile {
  /** Whether it was verified that the email address belongs to the person. @default false */
  readonly emailVerified?: boolean;
  /** In PHC string format: the caller has hashed the password. `null`: the person has no password. */
  readonly passwordHash: string | null;
}

/** The result of adding a person. */
export type AddedPerson =
  | { readonly outcome: 'added'; readonly person: KnownPerson }
  /** Everything that is wrong with the terms. Nothing was added. */
  | { readonly outcome: 'refused'; readonly problems: readonly Problem[] }
  /** The realm has a person with this username or this subject. */
  | { readonly outcome: 'exists' }
  /** There is no such realm. */
  | { readonly outcome: 'missing' };

/** The people of a realm, who sign in with a password or by other means. */
export interface PersonActs {
  add(actor: Actor, realm: string, terms: PersonTerms): Promise<AddedPerson>;
  /** Changes the name, the email address or the groups. A new address is not verified. */
  change(actor: Actor, realm: string, subject: string, amendment: PersonAmendment): Promise<PartChange>;
  /**
   * Sets another password, or with `null` removes it, and ends all sessions of the person. Grants stay: an app did not learn
   * the password.
   */
  setPassword(
    actor: Actor,
    realm: string,
    subject: string,
    passwordHash: string | null,
  ): Promise<'changed' | 'missing'>;
  /** Deletes a person, ends their sessions and all their grants at once. The subject is never used again. */
  remove(actor: Actor, realm: string, subject: string): Promise<RemovedPerson>;
}

/** The result of removing a person, with the number of grants that ended. */
export type RemovedPerson =
  { readonly outcome: 'removed'; readonly grants: number } | { readonly outcome: 'missing' };

type PersonContext = Pick<ActContext, 'people' | 'realms' | 'generateToken' | 'carryOut' | 'commit'> & {
  readonly ofGrants: Pick<GrantActs, 'endOfPerson'>;
};

export function personActs(context: PersonContext): PersonActs {
  const { people, realms, generateToken, carryOut, commit, ofGrants } = context;

  const endSessions = (realm: string, subject: string): OperatorChange => ({
    kind: 'session.end-all',
    realm,
    subject,
  });

  const acts: PersonActs = {
    async add(actor, realm, { passwordHash, emailVerified, ...profile }) {
      if ((await realms.find(realm)) === undefined) return { outcome: 'missing' };
      const parsed = parsePersonProfile(profile);
      if (!parsed.ok) return { outcome: 'refused', problems: parsed.problems };
      const { username, subject = generateToken(), groups = [], ...others } = parsed.value;
      const person = {
        ...others,
        realm,
        subject,
        username: canonicalUsername(username),
        ...memberships({ groups }),
        ...(emailVerified !== undefined && { emailVerified }),
        ...(passwordHash !== null && { passwordHash }),
      };
      const { committed } = await carryOut({
        actor,
        realm,
        changes: [{ kind: 'person.insert', person }],
        event: personAdded(person),
      });
      return committed ? { outcome: 'added', person } : { outcome: 'exists' };
    },
    async change(actor, realm, subject, amendment) {
      const parsed = parsePersonAmendment(amendment);
      if (!parsed.ok) return { outcome: 'refused', problems: parsed.problems };
      const before = await people.findBySubject(realm, subject);
      if (before === undefined) return { outcome: 'missing' };
      const after = amended(before, parsed.value);
      if (differingPaths(before, after).length === 0) return { outcome: 'unchanged' };
      const changes = [{ kind: 'person.replace', person: after, replaced: before } as const];
      const { committed } = await carryOut({ actor, realm, changes, event: personChanged(before, after) });
      // They were changed meanwhile, for example by a sign-in.
      return committed ? { outcome: 'changed' } : acts.change(actor, realm, subject, amendment);
    },
    async setPassword(actor, realm, subject, passwordHash) {
      const before = await people.findBySubject(realm, subject);
      if (before === undefined) return 'missing';
      const { passwordHash: oldHash, ...others } = before;
      const after = { ...others, ...(passwordHash !== null && { passwordHash }) };
      if (passwordHash === null && oldHash === undefined) {
        await commit([endSessions(realm, subject)]);
        return 'changed';
      }
      const { username } = after;
      const changes = [
        { kind: 'person.replace', person: after, replaced: before } as const,
        endSessions(realm, subject),
      ];
      const event =
        passwordHash === null
          ? personChanged(before, after)
          : ({ type: 'person.password-set', subject, username } as const);
      const { committed } = await carryOut({ actor, realm, changes, event });
      return committed ? 'changed' : acts.setPassword(actor, realm, subject, passwordHash);
    },
    async remove(actor, realm, subject) {
      const person = await people.findBySubject(realm, subject);
      const isRemoved = person !== undefined && (await removePerson(actor, person));
      // Also if they are gone already: an older version may have been interrupted. A page can only grant access in a session,
      // so that sessions end first.
      if (!isRemoved) await commit([endSessions(realm, subject)]);
      const grants = await ofGrants.endOfPerson(actor, realm, subject);
      return isRemoved ? { outcome: 'removed', grants } : { outcome: 'missing' };
    },
  };

  async function removePerson(actor: Actor, person: KnownPerson): Promise<boolean> {
    const { realm, subject, username } = person;
    const changes = [{ kind: 'person.remove', realm, subject } as const, endSessions(realm, subject)];
    const difference = recordedDifference(personState(person), undefined);
    const event = { type: 'person.removed', subject, username, ...difference } as const;
    return (await carryOut({ actor, realm, changes, event })).committed;
  }

  return acts;
}

/** A new address is not verified. */
function amended(
  { email: oldEmail, emailVerified, groups: oldGroups = [], reportedGroups = [], ...others }: KnownPerson,
  { name, email, groups = oldGroups, forgetReportedGroups }: PersonAmendment,
): KnownPerson {
  const address = email === undefined ? oldEmail : (email ?? undefined);
  return {
    ...others,
    ...memberships({ groups, reportedGroups: forgetReportedGroups === true ? [] : reportedGroups }),
    ...(name !== undefined && { name }),
    ...(address !== undefined && { email: address }),
    ...(address === oldEmail && emailVerified !== undefined && { emailVerified }),
  };
}

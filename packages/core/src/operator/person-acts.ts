import type { Actor } from '../audit/actor.ts';
import { differingPaths, recordedDifference } from '../audit/recorded-state.ts';
import { canonicalUsername } from '../identifiers/username.ts';
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
  /** Changes the name or the email address. A new address is not verified. */
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

type PersonContext = Pick<ActContext, 'people' | 'sessions' | 'realms' | 'generateToken' | 'record'> & {
  readonly ofGrants: Pick<GrantActs, 'endOfPerson'>;
};

export function personActs(context: PersonContext): PersonActs {
  const { people, sessions, realms, generateToken, record, ofGrants } = context;

  /** Changes a person. If they were changed meanwhile, for example by a sign-in, tries again. */
  async function changePerson(
    realm: string,
    subject: string,
    change: (current: KnownPerson) => KnownPerson,
  ): Promise<{ readonly before: KnownPerson; readonly after: KnownPerson } | undefined> {
    const before = await people.findBySubject(realm, subject);
    if (before === undefined) return undefined;
    const after = change(before);
    if (differingPaths(before, after).length === 0) return { before, after };
    const outcome = await people.replace(after, before);
    return outcome === 'replaced' ? { before, after } : changePerson(realm, subject, change);
  }

  return {
    async add(actor, realm, { passwordHash, emailVerified, ...profile }) {
      if ((await realms.find(realm)) === undefined) return { outcome: 'missing' };
      const parsed = parsePersonProfile(profile);
      if (!parsed.ok) return { outcome: 'refused', problems: parsed.problems };
      const { username, subject = generateToken(), ...others } = parsed.value;
      const person = {
        ...others,
        realm,
        subject,
        username: canonicalUsername(username),
        ...(emailVerified !== undefined && { emailVerified }),
        ...(passwordHash !== null && { passwordHash }),
      };
      if ((await people.insert(person)) === 'exists') return { outcome: 'exists' };
      await record(actor, realm, {
        type: 'person.added',
        subject,
        username: person.username,
        ...recordedDifference(undefined, personState(person)),
      });
      return { outcome: 'added', person };
    },
    async change(actor, realm, subject, amendment) {
      const parsed = parsePersonAmendment(amendment);
      if (!parsed.ok) return { outcome: 'refused', problems: parsed.problems };
      const { name, email } = parsed.value;
      const changed = await changePerson(realm, subject, (current) => {
        const { email: oldEmail, emailVerified, ...others } = current;
        const address = email === undefined ? oldEmail : (email ?? undefined);
        return {
          ...others,
          ...(name !== undefined && { name }),
          ...(address !== undefined && { email: address }),
          ...(address === oldEmail && emailVerified !== undefined && { emailVerified }),
        };
      });
      if (changed === undefined) return { outcome: 'missing' };
      const { before, after } = changed;
      if (differingPaths(before, after).length === 0) return { outcome: 'unchanged' };
      await record(actor, realm, {
        type: 'person.changed',
        subject,
        username: after.username,
        ...recordedDifference(personState(before), personState(after)),
      });
      return { outcome: 'changed' };
    },
    async setPassword(actor, realm, subject, passwordHash) {
      const changed = await changePerson(realm, subject, ({ passwordHash: _old, ...others }) => ({
        ...others,
        ...(passwordHash !== null && { passwordHash }),
      }));
      if (changed === undefined) return 'missing';
      const { before, after } = changed;
      const { username } = after;
      if (passwordHash !== null) {
        await record(actor, realm, { type: 'person.password-set', subject, username });
      } else if (before.passwordHash !== undefined) {
        const difference = recordedDifference(personState(before), personState(after));
        await record(actor, realm, { type: 'person.changed', subject, username, ...difference });
      }
      await sessions.deleteOf(realm, subject);
      return 'changed';
    },
    async remove(actor, realm, subject) {
      const person = await people.findBySubject(realm, subject);
      const isRemoved = (await people.remove(realm, subject)) === 'removed';
      if (isRemoved && person !== undefined) {
        await record(actor, realm, {
          type: 'person.removed',
          subject,
          username: person.username,
          ...recordedDifference(personState(person), undefined),
        });
      }
      // Also if they are gone already: the first attempt may have been interrupted. A page can only grant access in a
      // session, so that sessions end first.
      await sessions.deleteOf(realm, subject);
      const grants = await ofGrants.endOfPerson(actor, realm, subject);
      return isRemoved ? { outcome: 'removed', grants } : { outcome: 'missing' };
    },
  };
}

/** What an event says of a person: whether they have a password, but not its hash. */
const personState = ({ username, name, email, emailVerified, passwordHash }: KnownPerson): object => ({
  username,
  name,
  email,
  emailVerified,
  password: passwordHash !== undefined,
});

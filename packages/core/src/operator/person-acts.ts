import type { Actor } from '../audit/actor.ts';
import { differingPaths, recordedDifference } from '../audit/recorded-state.ts';
import type { KnownPerson } from '../ports/operator-stores.ts';
import type { ActContext } from './act-context.ts';
import type { GrantActs } from './grant-acts.ts';

/** A person who shall be added. The caller has validated them and has hashed the password. */
export interface PersonTerms extends Omit<KnownPerson, 'realm' | 'subject'> {
  /** @default a random one */
  readonly subject?: string;
  readonly passwordHash: string;
}

/** What shall be different about a person. What is left out stays; an email address of `null` is deleted. */
export interface PersonAmendment {
  readonly name?: string;
  readonly email?: string | null;
}

export type AddedPerson =
  | { readonly outcome: 'added'; readonly person: KnownPerson }
  /** The realm has a person with this username or this subject. */
  | { readonly outcome: 'exists' }
  /** There is no such realm. */
  | { readonly outcome: 'missing' };

/** The people of a realm who sign in with a password. */
export interface PersonActs {
  add(actor: Actor, realm: string, terms: PersonTerms): Promise<AddedPerson>;
  /** Changes the name or the email address. A new address is not verified. */
  change(
    actor: Actor,
    realm: string,
    subject: string,
    amendment: PersonAmendment,
  ): Promise<'changed' | 'unchanged' | 'missing'>;
  /** Sets another password and ends all sessions of the person. Grants stay: an app did not learn the password. */
  setPassword(
    actor: Actor,
    realm: string,
    subject: string,
    passwordHash: string,
  ): Promise<'changed' | 'missing'>;
  /** Deletes a person, ends their sessions and all their grants at once. The subject is never used again. */
  remove(actor: Actor, realm: string, subject: string): Promise<RemovedPerson>;
}

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
    async add(actor, realm, { subject = generateToken(), ...terms }) {
      if ((await realms.find(realm)) === undefined) return { outcome: 'missing' };
      const person = { ...terms, realm, subject };
      if ((await people.insert(person)) === 'exists') return { outcome: 'exists' };
      await record(actor, realm, {
        type: 'person.added',
        subject,
        username: person.username,
        ...recordedDifference(undefined, personState(person)),
      });
      return { outcome: 'added', person };
    },
    async change(actor, realm, subject, { name, email }) {
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
      if (changed === undefined) return 'missing';
      const { before, after } = changed;
      if (differingPaths(before, after).length === 0) return 'unchanged';
      await record(actor, realm, {
        type: 'person.changed',
        subject,
        username: after.username,
        ...recordedDifference(personState(before), personState(after)),
      });
      return 'changed';
    },
    async setPassword(actor, realm, subject, passwordHash) {
      const changed = await changePerson(realm, subject, (current) => ({ ...current, passwordHash }));
      if (changed === undefined) return 'missing';
      const { username } = changed.after;
      await record(actor, realm, { type: 'person.password-set', subject, username });
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

import { canonicalUsername } from '@vestibule/core';
import { Refused } from '@vestibule/database';
import { hashPassword } from './hash-password.ts';
import type { CommandContext } from '../context/command-context.ts';
import { readPassword } from '../context/read-password.ts';
import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { printResult } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import { personDocument } from './person-document.ts';

export interface AddPersonOptions extends RealmOptions {
  readonly name?: string;
  readonly email?: string;
  readonly subject?: string;
}

/**
 * Adds a person who signs in with a password, which is read from standard input or a prompt.
 *
 * @throws Refused if the username or the subject is taken
 */
export async function addPerson(
  context: CommandContext,
  options: AddPersonOptions,
  typed: string,
): Promise<void> {
  const username = canonicalUsername(typed);
  const { name = typed, email, subject } = options;
  const person = await inRealm(context, options, async ({ actor, realm, stores, operator }) => {
    const isTaken = async (): Promise<boolean> =>
      (await stores.people.findByUsername(realm.id, username)) !== undefined ||
      (subject !== undefined && (await stores.people.findBySubject(realm.id, subject)) !== undefined);
    // Before a password is typed in vain.
    if (await isTaken()) throw taken(realm.id, username);
    const added = await operator.people.add(actor, realm.id, {
      username,
      name,
      passwordHash: await hashPassword(await readPassword(context)),
      ...(email !== undefined && { email }),
      ...(subject !== undefined && { subject }),
    });
    if (added.outcome === 'added') return added.person;
    throw added.outcome === 'exists' ? taken(realm.id, username) : new Refused('The realm was deleted.');
  });
  printResult(context, options, {
    document: personDocument(person),
    text: () => `${quoted(username)} is added and can sign in. The subject is ${quoted(person.subject)}.`,
  });
}

const taken = (realm: string, username: string): Refused =>
  new Refused(
    `The realm ${realm} has a person with the username ${quoted(username)} or this subject already.`,
  );

import { canonicalUsername } from '@vestibule/core';
import { parsePersonProfile } from '@vestibule/core/realm';
import { Refused } from '@vestibule/database';
import { hashPassword } from './hash-password.ts';
import type { CommandContext } from '../context/command-context.ts';
import { readPassword } from '../context/read-password.ts';
import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { refusedWith } from '../output/made-or-refused.ts';
import { printResult } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import { personDocument } from './person-document.ts';

export interface AddPersonOptions extends RealmOptions {
  readonly name?: string;
  readonly email?: string;
  readonly subject?: string;
  readonly group?: readonly string[];
  /** `false`: the person has no password. */
  readonly password?: boolean;
}

/**
 * Adds a person. Their password is read from standard input or a prompt, except with `--no-password`.
 *
 * @throws Refused with everything that is invalid, or if the username or the subject is taken
 */
export async function addPerson(
  context: CommandContext,
  options: AddPersonOptions,
  typed: string,
): Promise<void> {
  const username = canonicalUsername(typed);
  const { name = typed, email, subject, group, password = true } = options;
  const profile = {
    username: typed,
    name,
    ...(email !== undefined && { email }),
    ...(subject !== undefined && { subject }),
    ...(group !== undefined && { groups: group }),
  };
  const person = await inRealm(context, options, async ({ actor, realm, stores, operator }) => {
    const isTaken = async (): Promise<boolean> =>
      (await stores.people.findByUsername(realm.id, username)) !== undefined ||
      (subject !== undefined && (await stores.people.findBySubject(realm.id, subject)) !== undefined);
    // Before a password is typed in vain.
    const parsed = parsePersonProfile(profile);
    if (!parsed.ok) throw refusedWith(parsed.problems);
    if (await isTaken()) throw taken(realm.id, username);
    const added = await operator.people.add(actor, realm.id, {
      ...profile,
      passwordHash: password ? await hashPassword(await readPassword(context)) : null,
    });
    switch (added.outcome) {
      case 'added':
        return added.person;
      case 'refused':
        throw refusedWith(added.problems);
      case 'exists':
        throw taken(realm.id, username);
      case 'missing':
        throw new Refused('The realm was deleted.');
    }
  });
  printResult(context, options, {
    document: personDocument(person),
    text: () =>
      password
        ? `${quoted(username)} is added and can sign in. The subject is ${quoted(person.subject)}.`
        : `${quoted(username)} is added without a password. The subject is ${quoted(person.subject)}. To set a password, run vestibule people password ${quoted(username)}.`,
  });
}

const taken = (realm: string, username: string): Refused =>
  new Refused(
    `The realm ${realm} has a person with the username ${quoted(username)} or this subject already.`,
  );

import { allowsPerson } from '@vestibule/core';
import type { CommandContext } from '../context/command-context.ts';
import type { RealmOptions } from '../options/common.ts';
import { printResult } from '../output/print.ts';
import { sheet } from '../output/sheet.ts';
import { inRealm } from '../realm/in-realm.ts';
import { findPerson } from './find-person.ts';
import { personDocument } from './person-document.ts';

/**
 * Prints all details of a person, and which APIs they may let apps use.
 *
 * @throws Refused if the person does not exist
 */
export async function showPerson(context: CommandContext, options: RealmOptions, who: string): Promise<void> {
  const { person, apis } = await inRealm(context, options, async (realmContext) => {
    const found = await findPerson(realmContext, who);
    return { person: found, apis: realmContext.realm.apis };
  });
  const { username, name, email, subject, passwordHash, groups, reportedGroups } = person;
  const may = apis.filter((api) => allowsPerson(api, person)).map(({ id }) => id);
  const mayNot = apis.filter((api) => !allowsPerson(api, person)).map(({ id }) => id);
  printResult(context, options, {
    document: { ...personDocument(person), mayAllow: may, mayNotAllow: mayNot },
    text: () =>
      sheet([
        ['username', username],
        ['name', name],
        ['email', email],
        ['subject', subject],
        ['password', passwordHash === undefined ? 'none' : 'set'],
        ['groups', groups ?? 'none'],
        ['reported groups', reportedGroups ?? 'none'],
        ['may allow', may.length === 0 ? 'no API' : may],
        ['may not allow', mayNot],
      ]),
  });
}

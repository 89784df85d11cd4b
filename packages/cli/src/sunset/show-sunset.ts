import type { KnownPeople } from '@vestibule/core';
import type { CommandContext } from '../context/command-context.ts';
import type { RealmOptions } from '../options/common.ts';
import { printResult } from '../output/print.ts';
import { createProgress } from '../output/progress.ts';
import { inRealm } from '../realm/in-realm.ts';
import { type NamedPerson, sunsetDocument } from './sunset-document.ts';
import { type PersonReport, sunsetReport } from './sunset-report.ts';
import { sunsetText } from './sunset-text.ts';
import { survey } from './survey.ts';

export interface SunsetOptions extends RealmOptions {
  /** Whether to list the people, too. @default false */
  readonly people?: boolean;
}

/** Prints who uses clients that registered themselves, and what closing registration would do. */
export async function showSunset(context: CommandContext, options: SunsetOptions): Promise<void> {
  const progress = createProgress(context.stderr);
  const { realm, report, named } = await inRealm(context, options, async ({ realm: found, stores, now }) => {
    try {
      const made = sunsetReport(found, await survey(stores, found, now, progress));
      const listed =
        options.people === true ? await withUsernames(stores.people, found.id, made.people) : undefined;
      return { realm: found, report: made, named: listed };
    } finally {
      progress.end();
    }
  });
  printResult(context, options, {
    document: sunsetDocument(realm, report, named),
    text: () => sunsetText(context, realm, report, named),
  });
}

/** How many people are looked up at the same time. */
const AT_ONCE = 50;

/** People with their usernames. A person whom the realm does not store, but a host application, has none. */
async function withUsernames(
  people: Pick<KnownPeople, 'findBySubject'>,
  realm: string,
  reported: readonly PersonReport[],
): Promise<readonly NamedPerson[]> {
  const named: NamedPerson[] = [];
  for (let start = 0; start < reported.length; start += AT_ONCE) {
    const some = reported.slice(start, start + AT_ONCE);
    const found = await Promise.all(some.map(({ subject }) => people.findBySubject(realm, subject)));
    named.push(...some.map((person, index) => withUsername(person, found[index]?.username)));
  }
  return named;
}

const withUsername = (person: PersonReport, username: string | undefined): NamedPerson =>
  username === undefined ? person : { ...person, username };

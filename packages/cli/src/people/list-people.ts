import type { KnownPeople, KnownPerson } from '@vestibule/core';
import type { CommandContext } from '../context/command-context.ts';
import type { RealmOptions } from '../options/common.ts';
import { count } from '../output/count.ts';
import { printResult } from '../output/print.ts';
import { table } from '../output/table.ts';
import { inRealm } from '../realm/in-realm.ts';
import { personDocument } from './person-document.ts';

export interface ListPeopleOptions extends RealmOptions {
  readonly limit?: number;
}

/** Lists the people of a realm, sorted by username. */
export async function listPeople(context: CommandContext, options: ListPeopleOptions): Promise<void> {
  const people = await inRealm(context, options, ({ stores, realm }) =>
    allPeople(stores.people, realm.id, options.limit),
  );
  printResult(context, options, {
    document: people.map(personDocument),
    text: () =>
      people.length === 0
        ? 'The realm has no people.'
        : `${table({
            columns: [
              { title: 'username', cell: ({ username }) => username, atLeast: 8 },
              { title: 'name', cell: ({ name }) => name, atLeast: 8 },
              { title: 'email', cell: ({ email = '' }) => email, atLeast: 8, spare: 1 },
              { title: 'subject', cell: ({ subject }) => subject },
            ],
            rows: people,
            width: context.stdout.columns,
          })}\n\n${count(people.length, 'person', 'people')}`,
  });
}

/** How many people are read at once. */
const PAGE = 500;

async function allPeople(
  people: Pick<KnownPeople, 'list'>,
  realm: string,
  limit: number = Number.POSITIVE_INFINITY,
): Promise<readonly KnownPerson[]> {
  const found: KnownPerson[] = [];
  let after: string | undefined;
  do {
    const page = await people.list(realm, { limit: PAGE, ...(after !== undefined && { after }) });
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined && found.length < limit);
  return found.slice(0, limit);
}

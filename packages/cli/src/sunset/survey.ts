import type { ClientStore, Instant, KnownGrants, Page, PageRequest } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { count } from '../output/count.ts';
import type { Progress } from '../output/progress.ts';
import { type CountGrants, createTally, type Counts } from './tally.ts';

export interface SurveyedStores {
  readonly clients: Pick<ClientStore, 'list'>;
  readonly grants: Pick<KnownGrants, 'listOfClient'>;
}

/** How many clients, or grants of one client, are read at once. */
const PAGE = 500;
/** Of how many clients grants are read at the same time. */
const AT_ONCE = 16;

/** Reads all clients of a realm and their grants, page by page, and counts them. */
export async function survey(
  { clients, grants }: SurveyedStores,
  realm: Realm,
  now: Instant,
  progress: Progress,
): Promise<Counts> {
  const tally = createTally(realm, now);

  async function countGrants(clientId: string, add: CountGrants): Promise<void> {
    for await (const some of pagesOf((page) => grants.listOfClient(realm.id, clientId, now, page))) add(some);
  }

  let done = 0;
  for await (const some of pagesOf((page) => clients.list(realm.id, page))) {
    const wanted = some.flatMap((client) => {
      const add = tally.count(client);
      return add === undefined ? [] : [{ id: client.id, add }];
    });
    for (let start = 0; start < wanted.length; start += AT_ONCE) {
      const atOnce = wanted.slice(start, start + AT_ONCE);
      await Promise.all(atOnce.map(({ id, add }) => countGrants(id, add)));
    }
    done += some.length;
    progress.say(`${realm.id}: ${count(done, 'client')}`);
  }
  return tally.result();
}

/** The items of a list, page by page. */
async function* pagesOf<Item>(
  list: (page: PageRequest) => Promise<Page<Item>>,
): AsyncGenerator<readonly Item[], void> {
  let after: string | undefined;
  do {
    const page = await list({ limit: PAGE, ...(after !== undefined && { after }) });
    yield page.items;
    after = page.next;
  } while (after !== undefined);
}

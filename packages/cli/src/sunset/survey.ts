import type { ClientStore, Instant, KnownGrants } from '@vestibule/core';
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
    let after: string | undefined;
    do {
      const page = await grants.listOfClient(realm.id, clientId, now, {
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      add(page.items);
      after = page.next;
    } while (after !== undefined);
  }

  let after: string | undefined;
  let done = 0;
  do {
    const page = await clients.list(realm.id, { limit: PAGE, ...(after !== undefined && { after }) });
    const wanted = page.items.flatMap((client) => {
      const add = tally.count(client);
      return add === undefined ? [] : [{ id: client.id, add }];
    });
    for (let start = 0; start < wanted.length; start += AT_ONCE) {
      const some = wanted.slice(start, start + AT_ONCE);
      await Promise.all(some.map(({ id, add }) => countGrants(id, add)));
    }
    done += page.items.length;
    progress.say(`${realm.id}: ${count(done, 'client')}`);
    after = page.next;
  } while (after !== undefined);
  return tally.result();
}

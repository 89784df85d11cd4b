import type { Client, ClientStore, ExpiredClient, Instant, Page, PageRequest } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { RealmOptions } from '../options/common.ts';
import { count } from '../output/count.ts';
import { painter } from '../output/paint.ts';
import { printResult } from '../output/print.ts';
import { type Column, table } from '../output/table.ts';
import { shortTime } from '../output/time.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';
import { destinations } from './destination.ts';
import { clientDocument } from './client-document.ts';
import { type ClientState, STATES, stateOf, TONES } from './client-states.ts';

export interface ListOptions extends RealmOptions {
  readonly state?: ClientState;
  /** A part of the name; case is ignored. */
  readonly name?: string;
  readonly limit?: number;
}

interface Listed {
  readonly client: Client | ExpiredClient;
  readonly state: ClientState;
}

/** Lists all clients of a realm, sorted by id. Expired clients are listed only with `--state expired`. */
export async function listClients(context: CommandContext, options: ListOptions): Promise<void> {
  const { realm, now, listed } = await inRealm(context, options, async (realmContext) => ({
    ...realmContext,
    listed: await find(realmContext.stores.clients, realmContext.realm, realmContext.now, options),
  }));
  const { stdout } = context;
  printResult(context, options, {
    document: listed.map(({ client }) => clientDocument(client, realm, now)),
    text: () =>
      listed.length === 0
        ? `No matching clients in the realm ${realm.id}.`
        : `${table({ columns: columnsFor(context), rows: listed, width: stdout.columns })}\n\n${sum(listed)}`,
  });
}

/** The number of clients to read at a time. */
const PAGE = 500;

async function find(
  clients: ClientStore,
  realm: Realm,
  now: Instant,
  { state, name = '', limit = Number.POSITIVE_INFINITY }: ListOptions,
): Promise<readonly Listed[]> {
  const found: Listed[] = [];
  const pageOf = (request: PageRequest): Promise<Page<Client | ExpiredClient>> =>
    state === 'expired' ? clients.listExpired(realm.id, request) : clients.list(realm.id, request);
  let after: string | undefined;
  do {
    const page = await pageOf({ limit: PAGE, ...(after !== undefined && { after }) });
    const fitting = page.items
      .map((client): Listed => ({ client, state: stateOf(client, realm, now) }))
      .filter((one) => state === undefined || one.state === state)
      .filter((one) => holds(one.client.name, name));
    found.push(...fitting.slice(0, limit - found.length));
    after = page.next;
  } while (after !== undefined && found.length < limit);
  return found;
}

const holds = (text: string, part: string): boolean =>
  text.normalize('NFKC').toLowerCase().includes(part.normalize('NFKC').toLowerCase());

function columnsFor(context: CommandContext): readonly Column<Listed>[] {
  const paint = painter(context, context.stdout);
  return [
    { title: 'id', cell: ({ client }) => client.id },
    { title: 'name', cell: ({ client }) => client.name, atLeast: 8 },
    {
      title: 'redirects to',
      cell: ({ client }) => destinations(client.redirectUris).join(', '),
      atLeast: 8,
      spare: 1,
    },
    { title: 'kind', cell: ({ client }) => client.kind, spare: 4 },
    { title: 'registered', cell: ({ client }) => shortTime(client.issuedAt), spare: 3 },
    {
      title: 'last used',
      cell: ({ client }) => (client.lastUsedAt === undefined ? 'never' : shortTime(client.lastUsedAt)),
      spare: 2,
    },
    { title: 'state', cell: ({ state }) => state, paint: (text, { state }) => paint(TONES[state], text) },
  ];
}

function sum(listed: readonly Listed[]): string {
  const parts = STATES.flatMap((state) => {
    const number = listed.filter((one) => one.state === state).length;
    return number === 0 ? [] : [`${number} ${state}`];
  });
  return `${count(listed.length, 'client')}: ${parts.join(', ')}`;
}

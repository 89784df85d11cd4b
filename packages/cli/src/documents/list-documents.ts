import type { ClientStore, Instant, MetadataDocumentClient } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { allOfClient } from '../grants/list-grants.ts';
import type { CommandContext } from '../context/command-context.ts';
import type { RealmOptions } from '../options/common.ts';
import { count } from '../output/count.ts';
import { painter } from '../output/paint.ts';
import { printResult } from '../output/print.ts';
import { type Column, table } from '../output/table.ts';
import { isoTime, shortTime } from '../output/time.ts';
import { inRealm, type RealmContext } from '../realm/in-realm.ts';
import { type Copy, copyOfClient, COPY_TONES } from './copy-state.ts';

/** A document that the realm knows. */
interface Listed {
  readonly url: string;
  readonly name: string;
  readonly copy: Copy;
  /** Absent: no client is known by it yet, or it was never used. */
  readonly lastUsedAt?: Instant;
  readonly isBlocked: boolean;
  /** How many people have given its client access. */
  readonly people: number;
}

/** Lists the clients with documents and the snapshots of a realm, sorted by URL. */
export async function listDocuments(context: CommandContext, options: RealmOptions): Promise<void> {
  const { realm, listed } = await inRealm(context, options, async (realmContext) => ({
    ...realmContext,
    listed: await find(realmContext),
  }));
  printResult(context, options, {
    document: listed.map(({ url, name, copy, lastUsedAt, isBlocked, people }) => ({
      clientId: url,
      host: new URL(url).host,
      name,
      ...copy,
      ...(isBlocked && { isBlocked }),
      people,
      ...(lastUsedAt !== undefined && { lastUsedAt: isoTime(lastUsedAt) }),
    })),
    text: () =>
      listed.length === 0
        ? `No documents in the realm ${realm.id}.`
        : `${table({ columns: columnsFor(context), rows: listed, width: context.stdout.columns })}\n\n${count(listed.length, 'document')}`,
  });
}

async function find({ realm, stores, now }: RealmContext): Promise<readonly Listed[]> {
  const clients = await documentClients(stores.clients, realm);
  const known: Listed[] = [];
  for (const client of clients) {
    const grants = await allOfClient(stores.grants, realm.id, client.id, now);
    const { id: url, name, lastUsedAt, blockedAt } = client;
    known.push({
      url,
      name,
      copy: copyOfClient(client, realm, now),
      ...(lastUsedAt !== undefined && { lastUsedAt }),
      isBlocked: blockedAt !== undefined,
      people: new Set(grants.map(({ subject }) => subject)).size,
    });
  }
  const pinned = realm.settings.metadataDocuments.snapshots.flatMap(({ document }): Listed[] => {
    const { client_id: url, client_name: name } = document;
    if (typeof url !== 'string' || clients.some(({ id }) => id === url)) return [];
    const copy = { state: 'pinned', isPinned: true } as const;
    return [{ url, name: typeof name === 'string' ? name : '', copy, isBlocked: false, people: 0 }];
  });
  return [...known, ...pinned].toSorted((one, other) => (one.url < other.url ? -1 : 1));
}

/** The number of clients to read at a time. */
const PAGE = 500;

async function documentClients(
  clients: ClientStore,
  { id: realm }: Realm,
): Promise<readonly MetadataDocumentClient[]> {
  const found: MetadataDocumentClient[] = [];
  let after: string | undefined;
  do {
    const page = await clients.list(realm, { limit: PAGE, ...(after !== undefined && { after }) });
    found.push(...page.items.filter((client) => client.kind === 'metadata-document'));
    after = page.next;
  } while (after !== undefined);
  return found;
}

function columnsFor(context: CommandContext): readonly Column<Listed>[] {
  const paint = painter(context, context.stdout);
  return [
    { title: 'URL', cell: ({ url }) => url, atLeast: 20 },
    { title: 'name', cell: ({ name }) => name, atLeast: 8 },
    {
      title: 'copy',
      cell: ({ copy: { state }, isBlocked }) => (isBlocked ? 'blocked' : state),
      paint: (text, { copy: { state }, isBlocked }) => paint(isBlocked ? 'bad' : COPY_TONES[state], text),
    },
    { title: 'pinned', cell: ({ copy: { isPinned } }) => (isPinned ? 'yes' : 'no'), spare: 3 },
    {
      title: 'fetched',
      cell: ({ copy: { fetchedAt } }) => (fetchedAt === undefined ? '' : shortTime(Date.parse(fetchedAt))),
      spare: 2,
    },
    { title: 'people', cell: ({ people }) => String(people), spare: 4 },
    {
      title: 'last used',
      cell: ({ lastUsedAt }) => (lastUsedAt === undefined ? 'never' : shortTime(lastUsedAt)),
      spare: 1,
    },
  ];
}

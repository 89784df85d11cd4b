import type { Instant, KnownGrant, KnownGrants } from '@vestibule/core';
import { destinations } from '../clients/destination.ts';
import type { CommandContext } from '../context/command-context.ts';
import type { RealmOptions } from '../options/common.ts';
import { WrongUsage } from '../options/wrong-usage.ts';
import { count } from '../output/count.ts';
import { printResult } from '../output/print.ts';
import { table } from '../output/table.ts';
import { isoTime, shortTime } from '../output/time.ts';
import { findPerson } from '../people/find-person.ts';
import { inRealm, type RealmContext } from '../realm/in-realm.ts';

/** Which grants: those of a client, of a person, or of a person to a client. */
export interface GrantSelection {
  /** A client_id. */
  readonly client?: string;
  /** A username or a subject. */
  readonly person?: string;
}

/**
 * Lists the grants of a client or a person.
 *
 * @throws WrongUsage if neither is named
 */
export async function listGrants(
  context: CommandContext,
  options: RealmOptions & GrantSelection,
): Promise<void> {
  const { client, person } = options;
  if (client === undefined && person === undefined) {
    throw new WrongUsage('Whose grants? Pass --client, --person or both.');
  }
  const grants = await inRealm(context, options, async (realmContext) => {
    const { stores, realm, now } = realmContext;
    if (person !== undefined) {
      return stores.grants.listOf(realm.id, await subjectOf(realmContext, person), now, client);
    }
    return client === undefined ? [] : allOfClient(stores.grants, realm.id, client, now);
  });
  printResult(context, options, {
    document: grants.map(grantDocument),
    text: () =>
      grants.length === 0
        ? 'No matching grants.'
        : `${table({
            columns: [
              { title: 'id', cell: ({ id }) => id },
              { title: 'client', cell: ({ clientId }) => clientId },
              { title: 'redirects to', cell: destinationOf, atLeast: 8, spare: 4 },
              { title: 'person', cell: ({ subject }) => subject },
              { title: 'scopes', cell: ({ scopes }) => scopes.join(' '), atLeast: 8 },
              { title: 'API', cell: ({ resource }) => resource, atLeast: 8, spare: 2 },
              { title: 'approved', cell: ({ createdAt }) => shortTime(createdAt), spare: 1 },
              { title: 'expires', cell: ({ expiresAt }) => shortTime(expiresAt), spare: 3 },
            ],
            rows: grants,
            width: context.stdout.columns,
          })}\n\n${count(grants.length, 'grant')}`,
  });
}

/** The subject of a person. One whom the realm does not store, but a host application, is named by the subject. */
export async function subjectOf(
  realmContext: Pick<RealmContext, 'stores' | 'realm' | 'now'>,
  person: string,
): Promise<string> {
  const { stores, realm, now } = realmContext;
  const [one] = await stores.grants.listOf(realm.id, person, now);
  return one?.subject ?? (await findPerson(realmContext, person)).subject;
}

/** How many grants are read at once. */
const PAGE = 500;

/** All grants of a client. */
export async function allOfClient(
  grants: Pick<KnownGrants, 'listOfClient'>,
  realm: string,
  client: string,
  now: Instant,
): Promise<readonly KnownGrant[]> {
  const found: KnownGrant[] = [];
  let after: string | undefined;
  do {
    const page = await grants.listOfClient(realm, client, now, {
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    found.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return found;
}

/** Where the responses of the client went: a document client has one id on every computer and at its website. */
const destinationOf = ({ displayed }: KnownGrant): string =>
  destinations(displayed === undefined ? [] : [displayed.redirectUri]).join();

const grantDocument = (grant: KnownGrant): object => {
  const { id, clientId, subject, resource, scopes, createdAt, expiresAt, endsAt, isUnopened, displayed } =
    grant;
  return {
    id,
    clientId,
    subject,
    resource,
    scopes,
    ...(displayed !== undefined && { redirectUri: displayed.redirectUri }),
    createdAt: isoTime(createdAt),
    expiresAt: isoTime(expiresAt),
    ...(endsAt !== undefined && { endsAt: isoTime(endsAt) }),
    codeExchanged: isUnopened !== true,
  };
};

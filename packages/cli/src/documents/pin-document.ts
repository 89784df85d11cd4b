import type { Instant } from '@vestibule/core';
import type { DocumentSnapshot } from '@vestibule/core/realm';
import { Refused } from '@vestibule/database';
import type { CommandContext } from '../context/command-context.ts';
import type { RealmOptions } from '../options/common.ts';
import { readJsonFile } from '../options/read-json-file.ts';
import { harmless, quoted } from '../output/harmless.ts';
import { refusedWith } from '../output/made-or-refused.ts';
import { printResult } from '../output/print.ts';
import { sheet } from '../output/sheet.ts';
import { isoTime, shortTime } from '../output/time.ts';
import { inRealm, type RealmContext } from '../realm/in-realm.ts';
import { type Examined, examine, fetchDocument, type ReadOutcome } from './examine-document.ts';
import { obstaclesTo } from './obstacles.ts';

export interface PinOptions extends RealmOptions {
  /** A file with the document; `-` is standard input. Absent: it is fetched. */
  readonly file?: string;
}

/**
 * Stores a copy of a document in the settings of the realm. Prints what was stored.
 *
 * @throws Refused if the document cannot be read, or the policy of the realm refuses it
 */
export async function pinDocument(context: CommandContext, options: PinOptions, url: string): Promise<void> {
  const { file } = options;
  const read = async (): Promise<ReadOutcome> =>
    file === undefined ? fetchDocument(context, url) : { ok: true, body: await readJsonFile(file, context) };
  const { realm, known, snapshot, client, change } = await inRealm(context, options, async (realmContext) => {
    const { actor, operator, now, stores } = realmContext;
    const { id } = realmContext.realm;
    const accepted = acceptedOf(url, await examine(realmContext, url, read), id);
    const taken = { document: accepted.document, takenAt: now };
    const outcome = await operator.snapshots.pin(actor, id, taken);
    if (outcome.outcome === 'refused') throw refusedWith(outcome.problems);
    if (outcome.outcome === 'missing') throw deleted();
    return {
      realm: realmContext.realm,
      known: await stores.clients.find(id, url),
      snapshot: taken,
      client: accepted.metadata,
      change: outcome.outcome,
    };
  });
  printResult(context, options, {
    document: { clientId: url, change, takenAt: isoTime(snapshot.takenAt), document: snapshot.document },
    text: () =>
      sheet([
        ['pinned', url],
        ['name', client.client_name],
        ['redirect URIs', client.redirect_uris],
        ['taken', shortTime(snapshot.takenAt)],
      ]),
  });
  for (const obstacle of obstaclesTo(realm, known)) context.stderr.write(`${obstacle}\n`);
}

/**
 * A document that the policy accepted.
 *
 * @throws Refused if it did not, or the document could not be fetched
 */
function acceptedOf(url: string, examined: Examined, realm: string) {
  if (examined.outcome === 'unavailable') {
    const { reason, detail } = examined.failure;
    throw new Refused(
      `The document cannot be fetched (${reason}): ${harmless(detail)} If you have a copy of it, pass it with --file.`,
    );
  }
  const { judged, document } = examined;
  if (!judged.ok) {
    throw new Refused(
      `The realm ${realm} refuses the document of ${quoted(url)}: ${harmless(judged.refusal.description)}\nNothing was stored.`,
    );
  }
  if (!isObject(document)) throw new Error('The policy accepted a document that is no object.');
  return { metadata: judged.metadata, document };
}

const isObject = (value: unknown): value is DocumentSnapshot['document'] =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const deleted = (): Refused =>
  new Refused('The realm was deleted while the command ran. Nothing was stored.');

/**
 * Removes the copy of a document from the settings of the realm.
 *
 * @throws Refused if there is none
 */
export async function unpinDocument(
  context: CommandContext,
  options: RealmOptions,
  url: string,
): Promise<void> {
  const { usedUntil } = await inRealm(context, options, async (realmContext) => {
    const { actor, operator, realm } = realmContext;
    const { outcome } = await operator.snapshots.unpin(actor, realm.id, url);
    if (outcome === 'missing') throw deleted();
    if (outcome !== 'changed') {
      throw new Refused(`The realm ${realm.id} has no snapshot of ${quoted(url)}.`);
    }
    return { usedUntil: await usedUntilOf(realmContext, url) };
  });
  printResult(context, options, {
    document: {
      clientId: url,
      change: 'changed',
      ...(usedUntil !== undefined && { usedUntil: isoTime(usedUntil) }),
    },
    text: () =>
      `The snapshot of ${quoted(url)} is removed.${
        usedUntil === undefined
          ? ''
          : ` While the document cannot be fetched, its client is used as before until ${shortTime(usedUntil)}.`
      }`,
  });
}

/** Until when a client is used as the removed snapshot says. `undefined` if it is not used so. */
async function usedUntilOf(
  { realm, stores, now }: Pick<RealmContext, 'realm' | 'stores' | 'now'>,
  url: string,
): Promise<Instant | undefined> {
  const client = await stores.clients.find(realm.id, url);
  if (client?.kind !== 'metadata-document' || client.document.isSnapshot !== true) return undefined;
  const until = client.document.expiresAt + realm.settings.metadataDocuments.stale * 1_000;
  return until > now ? until : undefined;
}

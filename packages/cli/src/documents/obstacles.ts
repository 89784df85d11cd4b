import { type Client, isOpenToDocuments } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { quoted } from '../output/harmless.ts';

/**
 * Why a document is not used, whatever it says, in a sentence each.
 *
 * @param known the client that has its URL as its id
 */
export function obstaclesTo(realm: Realm, known: Client | undefined): readonly string[] {
  const closed = `The realm ${realm.id} is closed to documents. To open it: vestibule gates open documents`;
  const why =
    known?.kind === 'pre-registered'
      ? 'is pre-registered'
      : known?.blockedAt === undefined
        ? undefined
        : 'is blocked';
  return [
    ...(isOpenToDocuments(realm) ? [] : [closed]),
    ...(known === undefined || why === undefined
      ? []
      : [`${quoted(known.id)} ${why}, so its document is not used.`]),
  ];
}

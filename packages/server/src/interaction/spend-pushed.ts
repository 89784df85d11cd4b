import type { ServerStores } from '../ports/stores.ts';
import { after, type Clock } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import { sha256 } from '../web/digest.ts';
import type { Interaction } from '../authorization-request/interaction.ts';

/**
 * Consumes the pushed request of an interaction, if it has one, at the decision. If several browsers or tabs have opened it,
 * the first decision consumes it; a repetition for the same interaction changes nothing.
 *
 * @returns whether this interaction is the one that consumed it
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-4 RFC 9126 §4}
 */
export async function spendPushed(
  { pushedRequests, clock }: Pick<ServerStores, 'pushedRequests'> & { readonly clock: Clock },
  { settings }: Realm,
  { realm, id, request, expiresAt }: Interaction,
): Promise<boolean> {
  const { pushedKey, clientId } = request;
  if (pushedKey === undefined) return true;
  const key = sha256(`pushed-request-spent:${pushedKey}`);
  // The request may expire while the person reads, so the marker is stored until the last interaction that can have begun
  // with it has expired.
  const until = after(expiresAt, settings.lifetimes.pushedRequest);
  const mark = { clientId, query: '', spentBy: id };
  const isFirst = (await pushedRequests.put(realm, key, mark, until)) === 'stored';
  const spent = isFirst ? mark : await pushedRequests.find(realm, key, clock());
  if (spent?.spentBy !== id) return false;
  await pushedRequests.take(realm, pushedKey, clock());
  return true;
}

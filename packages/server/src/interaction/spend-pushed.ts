import type { ServerStores } from '../ports/stores.ts';
import { after, type Clock, type Realm } from '@vestibule/core';
import { sha256 } from '../web/digest.ts';
import type { Interaction } from '../authorization-request/interaction.ts';

/**
 * Spends the pushed request of an interaction, if it has one, now that the person decides. One that several browsers or tabs
 * have opened is spent by the first decision alone; asking again for the same interaction changes nothing.
 *
 * @returns whether this interaction is the one that spent it
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-4 RFC 9126 §4}
 */
export async function spendPushed(
  { pushedRequests, clock }: Pick<ServerStores, 'pushedRequests'> & { readonly clock: Clock },
  { settings }: Realm,
  { realm, id, request, expiresAt }: Interaction,
): Promise<boolean> {
  const { pushedKey, clientId } = request;
  if (pushedKey === undefined) return true;
  const key = await sha256(`pushed-request-spent:${pushedKey}`);
  // The request itself may expire while the person reads, so who spent it is kept until the last interaction has expired,
  // which began within the request's life.
  const until = after(expiresAt, settings.lifetimes.pushedRequest);
  const mark = { clientId, query: '', spentBy: id };
  const isFirst = (await pushedRequests.put(realm, key, mark, until)) === 'stored';
  const spent = isFirst ? mark : await pushedRequests.find(realm, key, clock());
  if (spent?.spentBy !== id) return false;
  await pushedRequests.take(realm, pushedKey, clock());
  return true;
}

import { after, type Clock } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { Interaction } from '../authorization-request/interaction.ts';
import type { Change } from '../ports/commit.ts';
import { sha256 } from '../web/digest.ts';

/** The changes that consume a pushed request. */
export type PushedSpending = Extract<
  Change,
  { readonly kind: 'pushed-request.insert' | 'pushed-request.consume' }
>;

/**
 * The changes that consume the pushed request of an interaction, if it has one, in the commit of its decision. If several
 * browsers or tabs have opened it, the first decision consumes it: the marker exists once.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-4 RFC 9126 §4}
 */
export function pushedSpending(
  { clock }: { readonly clock: Clock },
  { settings }: Realm,
  { realm, id, request: { pushedKey, clientId }, expiresAt }: Interaction,
): readonly PushedSpending[] {
  if (pushedKey === undefined) return [];
  return [
    {
      kind: 'pushed-request.insert',
      realm,
      key: sha256(`pushed-request-spent:${pushedKey}`),
      request: { clientId, query: '', spentBy: id },
      // The request may expire while the person reads, so the marker is stored until the last interaction that can have begun
      // with it has expired.
      expiresAt: after(expiresAt, settings.lifetimes.pushedRequest),
    },
    { kind: 'pushed-request.consume', realm, key: pushedKey, at: clock() },
  ];
}

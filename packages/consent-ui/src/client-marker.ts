import type { ClientMark } from '@vestibule/server';
import type { Messages } from './messages/messages.ts';

/** The marker after the name of a client on every page. */
export interface ClientMarker {
  readonly marker: string;
  /** Whether the operator or a trusted statement issuer has confirmed the name. */
  readonly isConfirmed: boolean;
}

/** @param realmName the realm whose operator pre-registered the client, if one did */
export function markerOf(
  { verifiedBy, isPreregistered = false }: ClientMark,
  realmName: string,
  { marker }: Pick<Messages, 'marker'>,
): ClientMarker {
  if (isPreregistered) return { marker: marker.setUpBy(realmName), isConfirmed: true };
  return verifiedBy === undefined
    ? { marker: marker.unverified, isConfirmed: false }
    : { marker: marker.verifiedBy(verifiedBy), isConfirmed: true };
}

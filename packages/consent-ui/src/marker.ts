import type { ClientMark } from '@vestibule/server';

/** What stands behind a client's name on every page. */
export interface Marker {
  readonly marker: string;
  /** Whether somebody stands behind the name. */
  readonly isVouched: boolean;
}

/** @param realmName whose operator it is, where they made the client */
export function markerOf({ verifiedBy, isPreregistered = false }: ClientMark, realmName: string): Marker {
  if (isPreregistered) return { marker: `[set up by ${realmName}]`, isVouched: true };
  return verifiedBy === undefined
    ? { marker: '[unverified]', isVouched: false }
    : { marker: `[verified by ${verifiedBy}]`, isVouched: true };
}

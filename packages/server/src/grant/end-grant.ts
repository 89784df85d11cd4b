import type { Instant } from '@vestibule/core';
import type { Change } from '../ports/commit.ts';
import type { ListedGrant } from '../ports/grant-store.ts';

/**
 * The changes that end a grant. One whose code was not exchanged is opened and ended at once, so that nothing can open it any
 * more. They are not made if the grant was opened or ended since it was read.
 */
export const endingOf = (
  { realm, id, expiresAt, isUnopened }: ListedGrant,
  at: Instant,
): readonly Extract<Change, { readonly kind: 'grant.open' | 'grant.end' }>[] => [
  ...(isUnopened === true ? [{ kind: 'grant.open', realm, id, at, expiresAt } as const] : []),
  { kind: 'grant.end', realm, id, at },
];

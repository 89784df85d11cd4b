import { redirectTarget } from '@vestibule/core';
import type { Grant } from '../records/grant.ts';

/** The target of a grant. Empty if what the person saw was not stored. */
export const targetOf = ({ displayed }: Pick<Grant, 'displayed'>): string =>
  displayed === undefined ? '' : redirectTarget(displayed.redirectUri);

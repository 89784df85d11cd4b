import type { Vendor } from '@vestibule/core';
import { agents } from './agents.ts';
import { cloud } from './cloud.ts';
import { editors } from './editors.ts';
import { identity } from './identity.ts';
import { markets } from './markets.ts';
import { money } from './money.ts';
import { people } from './people.ts';
import { platforms } from './platforms.ts';
import { work } from './work.ts';

/**
 * Vendors whose names strangers like to take, and the hosts and schemes that are theirs alone. Where users get hosts of
 * their own (`acme.okta.com`), those are left out, and so are places that hand answers on to what others have made
 * (`raycast.com`, `obsidian:`) and software that people host themselves.
 */
export const vendors: readonly Vendor[] = [
  ...agents,
  ...editors,
  ...platforms,
  ...cloud,
  ...work,
  ...money,
  ...people,
  ...identity,
  ...markets,
];

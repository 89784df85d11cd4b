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
 * Vendors whose names are likely to be imitated, with the hosts and schemes that only they control. Hosts that users can get
 * (`acme.okta.com`) are left out, and so are addresses that pass responses on to software of others (`raycast.com`,
 * `obsidian:`) and software that people host themselves.
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

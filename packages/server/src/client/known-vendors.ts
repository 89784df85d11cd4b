import type { Vendor } from '@vestibule/core';
import type { ClientRules } from '@vestibule/core/policy';
import type { Realm } from '@vestibule/core/realm';

/** The vendors of the directory, and those of the realm. */
export const knownVendors = (
  { vendors = [] }: Pick<ClientRules, 'vendors'>,
  { settings: { registration } }: Pick<Realm, 'settings'>,
): readonly Vendor[] => [...vendors, ...registration.vendors];

import type { Vendor } from '../brand/vendor.ts';
import type { Realm } from './realm.ts';

/** The known vendors of a realm: those of the directory, and those that the realm adds. */
export const vendorsOf = ({ settings }: Realm, directory: readonly Vendor[]): readonly Vendor[] => [
  ...directory,
  ...settings.registration.vendors,
];

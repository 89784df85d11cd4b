import type { Realm } from '../realm/realm.ts';

/** Whether clients of a realm are stored when a person first approves them, and not at their registration. */
export const isDeferring = ({ settings: { registration } }: Realm): boolean =>
  registration.persistence === 'deferred';

/**
 * Whether clients of a realm can manage their registration: not if they are stored later, because until then there is nothing
 * to change.
 */
export const isManaging = (realm: Realm): boolean =>
  realm.settings.registration.management.enabled && !isDeferring(realm);

import { NOTES_REALM } from '@vestibule/testing/realm';
import type { PartialRealmSettings, Realm } from '../../src/realm/index.ts';
import { withDefaultSettings } from '../../src/realm/index.ts';

export { ACTOR as ADA } from '@vestibule/testing/operator';
export { NOW } from '@vestibule/testing/now';

/** The settings for registration of a realm. */
export type Registration = NonNullable<PartialRealmSettings['registration']>;

/** An open realm with two scopes for dynamic clients, one that is closed to them, and an API with all three. */
export const realmWith = (registration: Registration = {}, others: PartialRealmSettings = {}): Realm => ({
  ...NOTES_REALM,
  settings: withDefaultSettings({ ...others, registration: { open: true, ...registration } }),
});

import { DEFAULT_REALM_SETTINGS, leavesOf, type Realm } from '@vestibule/core/realm';

/** A setting that differs from its default, by its path: `limits.registrations`. */
export interface ChangedSetting {
  readonly setting: string;
  readonly value: unknown;
}

/** The settings of a realm that differ from their defaults. */
export function changedSettings({ settings }: Pick<Realm, 'settings'>): readonly ChangedSetting[] {
  const defaults = new Map(
    leavesOf(DEFAULT_REALM_SETTINGS).map(({ path, value }) => [path, JSON.stringify(value)]),
  );
  return leavesOf(settings)
    .filter(({ path, value }) => JSON.stringify(value) !== defaults.get(path))
    .map(({ path, value }) => ({ setting: path, value }));
}

import type { RealmStore } from '../ports/realm-store.ts';
import type { Instant } from '../time.ts';
import { changeSettings } from './change-settings.ts';

/** How a realm's keys are to be replaced. */
export interface KeyReplacement {
  /**
   * Somebody else has them: what replaces them signs at once, and tokens that they signed are believed no more. Otherwise
   * they go on until the next one is known everywhere, and no token is lost.
   */
  readonly compromised: boolean;
}

/** Lets the keys that a realm has now be replaced, at the next token that is signed. */
export const replaceKeys = (
  realms: RealmStore,
  realmId: string,
  { compromised }: KeyReplacement,
  now: Instant,
): Promise<'changed' | 'missing'> =>
  changeSettings(realms, realmId, (settings) => ({
    ...settings,
    keys: { ...settings.keys, replaceMadeBefore: now, compromised },
  }));

import type { Actor } from '../audit/actor.ts';
import { recordedDifference } from '../audit/recorded-state.ts';
import type { RealmRecord } from '../realm/realm.ts';
import { type KeySettings, withDefaultSettings } from '../realm/settings.ts';
import type { ActContext } from './act-context.ts';

/** How the signing keys of a realm are replaced. */
export interface KeyReplacement {
  /**
   * The keys have leaked: the next key signs at once, and tokens of the old keys are rejected. Otherwise the old keys sign
   * until the next one is known everywhere, and no token becomes invalid.
   */
  readonly compromised: boolean;
}

/** The signing keys of a realm. */
export interface KeyActs {
  /** Requests that the current keys are replaced, which happens when the next token is signed. */
  replace(actor: Actor, realm: string, replacement: KeyReplacement): Promise<'changed' | 'missing'>;
}

export const keyActs = ({ clock, changeRealm }: Pick<ActContext, 'clock' | 'changeRealm'>): KeyActs => ({
  async replace(actor, realm, { compromised }) {
    const now = clock();
    const { outcome } = await changeRealm<never>(
      { actor, realm },
      ({ settings, ...current }) => ({
        ...current,
        settings: { ...settings, keys: { ...settings.keys, replaceMadeBefore: now, compromised } },
      }),
      (before, after) => ({
        type: 'keys.replaced',
        compromised,
        ...recordedDifference(keysOf(before), keysOf(after)),
      }),
    );
    return outcome === 'missing' ? 'missing' : 'changed';
  },
});

const keysOf = ({ settings }: RealmRecord): KeySettings => withDefaultSettings(settings).keys;

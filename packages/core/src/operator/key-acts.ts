import type { Actor } from '../audit/actor.ts';
import { recordedDifference } from '../audit/recorded-state.ts';
import { changeRealm } from '../realm/change-realm.ts';
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

export const keyActs = ({
  realms,
  clock,
  record,
}: Pick<ActContext, 'realms' | 'clock' | 'record'>): KeyActs => ({
  async replace(actor, realm, { compromised }) {
    const now = clock();
    const change = await changeRealm<never>(realms, realm, ({ settings, ...current }) => ({
      ...current,
      settings: { ...settings, keys: { ...settings.keys, replaceMadeBefore: now, compromised } },
    }));
    if (change.outcome === 'missing') return 'missing';
    const difference =
      change.outcome === 'changed' ? recordedDifference(keysOf(change.before), keysOf(change.after)) : {};
    await record(actor, realm, { type: 'keys.replaced', compromised, ...difference });
    return 'changed';
  },
});

const keysOf = ({ settings }: RealmRecord): KeySettings => withDefaultSettings(settings).keys;

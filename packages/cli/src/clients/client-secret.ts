import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { tell } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import { Refused } from '../errors/refused.ts';
import type { Surroundings } from '../context/context.ts';
import { notMadeHere } from './find-client.ts';

export interface SecretOptions extends RealmOptions {
  readonly endOld?: boolean;
}

/**
 * Gives a client another secret, or ends those before the newest. The secret alone goes to standard output.
 *
 * @throws Refused where no operator made such a client, or it has no secret
 */
export function changeSecret(surroundings: Surroundings, options: SecretOptions, id: string): Promise<void> {
  return options.endOld === true
    ? endOldSecrets(surroundings, options, id)
    : rotateSecret(surroundings, options, id);
}

async function rotateSecret(surroundings: Surroundings, options: RealmOptions, id: string): Promise<void> {
  const secret = await inRealm(surroundings, options, async ({ realm, administration }) => {
    const rotation = await administration.rotateClientSecret(realm.id, id);
    if (rotation.outcome === 'missing') throw notMadeHere(realm.id, id);
    if (rotation.outcome === 'no-secret') throw noSecret(id);
    return rotation.secret;
  });
  tell(surroundings, options, { document: { id, secret }, text: () => secret });
  surroundings.stderr.write(
    `It is shown this once, and kept nowhere. The secret before it is good until it is ended: vestibule clients secret ${id} --end-old\n`,
  );
}

async function endOldSecrets(surroundings: Surroundings, options: RealmOptions, id: string): Promise<void> {
  const change = await inRealm(surroundings, options, async ({ realm, administration }) => {
    const { outcome } = await administration.endOldClientSecrets(realm.id, id);
    if (outcome === 'missing') throw notMadeHere(realm.id, id);
    if (outcome === 'no-secret') throw noSecret(id);
    return outcome;
  });
  tell(surroundings, options, {
    document: { id, change },
    text: () =>
      change === 'changed'
        ? `The newest secret of ${quoted(id)} alone is good now.`
        : `${quoted(id)} had one secret, and has it still.`,
  });
}

const noSecret = (id: string): Refused =>
  new Refused(`${quoted(id)} does not authenticate with a secret, so that it can have none.`);

import { Refused } from '@vestibule/database';
import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { printResult } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';
import { notPreregistered } from './find-client.ts';

export interface SecretOptions extends RealmOptions {
  readonly endOld?: boolean;
}

/**
 * Creates another secret for a client, or invalidates all but the newest. Standard output contains only the secret.
 *
 * @throws Refused if no such pre-registered client exists, or it does not authenticate with a secret
 */
export function changeSecret(context: CommandContext, options: SecretOptions, id: string): Promise<void> {
  return options.endOld === true ? endOldSecrets(context, options, id) : rotateSecret(context, options, id);
}

async function rotateSecret(context: CommandContext, options: RealmOptions, id: string): Promise<void> {
  const secret = await inRealm(context, options, async ({ actor, realm, operator }) => {
    const rotation = await operator.clients.rotateSecret(actor, realm.id, id);
    if (rotation.outcome === 'missing') throw notPreregistered(realm.id, id);
    if (rotation.outcome === 'no-secret') throw withoutSecretMethod(id);
    return rotation.secret;
  });
  printResult(context, options, { document: { id, secret }, text: () => secret });
  context.stderr.write(
    `The secret is displayed only once: only its hash is stored. The previous secret stays valid until you run: vestibule clients secret ${id} --end-old\n`,
  );
}

async function endOldSecrets(context: CommandContext, options: RealmOptions, id: string): Promise<void> {
  const change = await inRealm(context, options, async ({ actor, realm, operator }) => {
    const { outcome } = await operator.clients.endOldSecrets(actor, realm.id, id);
    if (outcome === 'missing') throw notPreregistered(realm.id, id);
    if (outcome === 'no-secret') throw withoutSecretMethod(id);
    return outcome;
  });
  printResult(context, options, {
    document: { id, change },
    text: () =>
      change === 'changed'
        ? `Only the newest secret of ${quoted(id)} is valid now.`
        : `${quoted(id)} has only one secret. Nothing was changed.`,
  });
}

const withoutSecretMethod = (id: string): Refused =>
  new Refused(
    `${quoted(id)} does not authenticate with a secret. Only clients with client_secret_basic or client_secret_post have one.`,
  );

import type { Realm } from '@vestibule/core/realm';
import { Refused } from '@vestibule/database';
import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { unknownName } from '../output/unknown-name.ts';
import { printResult } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';

/**
 * Creates a secret. Standard output contains only the secret, so that a program can read it; notes go to standard error.
 *
 * @throws Refused if the realm has no such API
 */
export async function issueSecret(
  context: CommandContext,
  options: RealmOptions,
  api: string,
): Promise<void> {
  const secret = await inRealm(context, options, async ({ actor, realm, operator }) => {
    const issued = await operator.apis.issueSecret(actor, realm.id, api);
    if (issued.outcome === 'missing') throw unknownApi(realm, api);
    return issued.secret;
  });
  printResult(context, options, {
    document: { api, secret },
    text: () => secret,
  });
  context.stderr.write(
    'The secret is displayed only once: only its hash is stored. The previous secret stays valid until you create another.\n',
  );
}

/**
 * Revokes all secrets of an API.
 *
 * @throws Refused if the realm has no such API
 */
export async function revokeSecrets(
  context: CommandContext,
  options: RealmOptions,
  api: string,
): Promise<void> {
  await inRealm(context, options, async ({ actor, realm, operator }) => {
    if ((await operator.apis.revokeSecrets(actor, realm.id, api)) === 'missing') throw unknownApi(realm, api);
  });
  printResult(context, options, {
    document: { api, revoked: true },
    text: () => `All secrets of the API ${quoted(api)} are revoked.`,
  });
}

const unknownApi = ({ apis }: Realm, api: string): Refused =>
  new Refused(
    unknownName(
      'API',
      api,
      apis.map(({ id }) => id),
    ),
  );

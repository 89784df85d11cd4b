import type { Realm } from '@vestibule/core';
import type { RealmOptions } from '../options/common.ts';
import { quoted } from '../output/harmless.ts';
import { tell } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import { Refused } from '../errors/refused.ts';
import type { Surroundings } from '../context/context.ts';

/**
 * Makes a secret. It alone goes to standard output, so that a program can take it; what has to be known of it to standard error.
 *
 * @throws Refused where the realm has no such API
 */
export async function issueSecret(
  surroundings: Surroundings,
  options: RealmOptions,
  api: string,
): Promise<void> {
  const secret = await inRealm(surroundings, options, async ({ realm, administration }) => {
    const issued = await administration.issueApiSecret(realm.id, api);
    if (issued.outcome === 'missing') throw thereIsNo(realm, api);
    return issued.secret;
  });
  tell(surroundings, options, {
    document: { api, secret },
    text: () => secret,
  });
  surroundings.stderr.write(
    'It is displayed this once, and kept nowhere. The secret before it counts until the next is made.\n',
  );
}

/** @throws Refused where the realm has no such API */
export async function revokeSecrets(
  surroundings: Surroundings,
  options: RealmOptions,
  api: string,
): Promise<void> {
  await inRealm(surroundings, options, async ({ realm, administration }) => {
    if ((await administration.revokeApiSecrets(realm.id, api)) === 'missing') throw thereIsNo(realm, api);
  });
  tell(surroundings, options, {
    document: { api, revoked: true },
    text: () => `No secret of the API ${quoted(api)} counts any more.`,
  });
}

function thereIsNo({ apis }: Realm, api: string): Refused {
  const known = apis.map(({ id }) => quoted(id)).join(', ');
  return new Refused(
    `The realm has no API ${quoted(api)}. ${known === '' ? 'There is none.' : `There is ${known}.`}`,
  );
}

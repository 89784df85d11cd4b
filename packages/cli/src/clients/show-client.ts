import { storedClients } from '@vestibule/core';
import { vendors } from '@vestibule/vendor-directory';
import type { RealmOptions } from '../options/common.ts';
import { tell } from '../output/print.ts';
import { sheet } from '../output/sheet.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { Surroundings } from '../context/context.ts';
import { clientDocument } from './client-document.ts';
import { findKnownClient } from './find-client.ts';
import { clientLines } from './client-lines.ts';

/** Shows everything that is known of a client, and what today’s policy has against it. */
export async function showClient(
  surroundings: Surroundings,
  options: RealmOptions,
  id: string,
): Promise<void> {
  const { realm, now, client, judged } = await inRealm(surroundings, options, async (hand) => {
    const found = await findKnownClient(hand, id);
    const { judgeAgain, vendorNamed } = storedClients(hand.stores.clients, { vendors });
    const refusal = judgeAgain(hand.realm, found);
    return { ...hand, client: found, judged: { refusal, vendor: vendorNamed(hand.realm, found) } };
  });
  tell(surroundings, options, {
    document: {
      ...clientDocument(client, realm, now),
      ...(judged.vendor !== undefined && { vendorNamed: judged.vendor }),
      ...(judged.refusal !== undefined && {
        refusedToday: { rule: judged.refusal.rule, description: judged.refusal.description },
      }),
    },
    text: () => sheet(clientLines(client, realm, now, judged)),
  });
}

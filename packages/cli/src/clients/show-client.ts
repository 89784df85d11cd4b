import { vendorNamed } from '@vestibule/core';
import { judgeAgain } from '@vestibule/core/policy';
import { vendors } from '@vestibule/vendor-directory';
import type { RealmOptions } from '../options/common.ts';
import { printResult } from '../output/print.ts';
import { sheet } from '../output/sheet.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';
import { clientDocument } from './client-document.ts';
import { findKnownClient } from './find-client.ts';
import { clientLines } from './client-lines.ts';
import { verifiedBy, verifiedByDocument } from './verified-by.ts';

/** Prints all details of a client, whether today’s policy would accept it, and whether a document verifies it. */
export async function showClient(context: CommandContext, options: RealmOptions, id: string): Promise<void> {
  const { realm, now, client, judged } = await inRealm(context, options, async (realmContext) => {
    const found = await findKnownClient(realmContext, id);
    const refusal = judgeAgain(found, realmContext.realm, { vendors });
    return {
      ...realmContext,
      client: found,
      judged: {
        refusal,
        vendor: vendorNamed(found, realmContext.realm, vendors),
        verified: await verifiedBy(realmContext.stores.clients, realmContext.realm, found, realmContext.now),
      },
    };
  });
  printResult(context, options, {
    document: {
      ...clientDocument(client, realm, now),
      ...(judged.vendor !== undefined && { vendorNamed: judged.vendor }),
      ...(judged.verified.size > 0 && { verifiedBy: verifiedByDocument(judged.verified, realm) }),
      ...(judged.refusal !== undefined && {
        refusedToday: { rule: judged.refusal.rule, description: judged.refusal.description },
      }),
    },
    text: () => sheet(clientLines(client, realm, now, judged)),
  });
}

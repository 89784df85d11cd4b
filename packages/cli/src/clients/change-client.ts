import { quoted } from '../output/harmless.ts';
import { printResult } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';
import { clientDocument } from './client-document.ts';
import { notPreregistered } from './find-client.ts';
import { accessIn, keysIn, termsRefused, type TermsOptions } from './client-terms.ts';

/**
 * Changes a pre-registered client.
 *
 * @throws Refused if no such client exists, or the realm does not accept its new terms
 */
export async function changeClient(
  context: CommandContext,
  options: TermsOptions,
  id: string,
): Promise<void> {
  const { name, redirectUri: redirectUris, api, rememberConsent } = options;
  const keys = await keysIn(context, options);
  const {
    realm,
    now,
    client,
    outcome: change,
  } = await inRealm(context, options, async (realmContext) => {
    const outcome = await realmContext.operator.clients.change(
      realmContext.actor,
      realmContext.realm.id,
      id,
      {
        ...(name !== undefined && { name }),
        ...(redirectUris !== undefined && { redirectUris }),
        ...(api !== undefined && { access: accessIn(realmContext.realm, api) }),
        ...(rememberConsent !== undefined && { rememberConsent }),
        ...(keys !== undefined && { keys }),
      },
    );
    if (outcome.outcome === 'refused') throw termsRefused(outcome);
    if (outcome.outcome === 'missing') throw notPreregistered(realmContext.realm.id, id);
    return { ...realmContext, ...outcome };
  });
  printResult(context, options, {
    document: clientDocument(client, realm, now),
    text: () =>
      change === 'changed'
        ? `${quoted(id)} is changed. This takes effect immediately on every node.`
        : `${quoted(id)} has these properties already. Nothing was changed.`,
  });
}

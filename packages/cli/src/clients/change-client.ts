import { quoted } from '../output/harmless.ts';
import { tell } from '../output/print.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { Surroundings } from '../context/context.ts';
import { clientDocument } from './client-document.ts';
import { notMadeHere } from './find-client.ts';
import { accessIn, keysIn, termsRefused, type TermsOptions } from './client-terms.ts';

/**
 * Changes what was decided about a client that an operator made.
 *
 * @throws Refused where there is none, or it cannot be what it is to be
 */
export async function changeClient(
  surroundings: Surroundings,
  options: TermsOptions,
  id: string,
): Promise<void> {
  const { name, redirectUri: redirectUris, api, rememberConsent } = options;
  const keys = await keysIn(surroundings, options);
  const { realm, now, client } = await inRealm(surroundings, options, async (hand) => {
    const outcome = await hand.administration.amendClient(hand.realm.id, id, {
      ...(name !== undefined && { name }),
      ...(redirectUris !== undefined && { redirectUris }),
      ...(api !== undefined && { access: accessIn(hand.realm, api) }),
      ...(rememberConsent !== undefined && { rememberConsent }),
      ...(keys !== undefined && { keys }),
    });
    if (outcome.outcome === 'refused') throw termsRefused(outcome);
    if (outcome.outcome === 'missing') throw notMadeHere(hand.realm.id, id);
    return { ...hand, client: outcome.client };
  });
  tell(surroundings, options, {
    document: clientDocument(client, realm, now),
    text: () => `${quoted(id)} is changed, at once and on every node.`,
  });
}

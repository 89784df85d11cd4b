import type { ClientAuthenticationMethod } from '@vestibule/core';
import { tell } from '../output/print.ts';
import { sheet } from '../output/sheet.ts';
import { inRealm } from '../realm/in-realm.ts';
import { Refused } from '../errors/refused.ts';
import type { Surroundings } from '../context/context.ts';
import { clientDocument } from './client-document.ts';
import { accessIn, authenticationIn, termsRefused, type TermsOptions } from './client-terms.ts';

export interface AddOptions extends TermsOptions {
  readonly id?: string;
  readonly auth?: ClientAuthenticationMethod;
}

/**
 * Makes a client. What it is to be configured with goes to standard output, what has to be known of it to standard error.
 *
 * @throws Refused where it cannot be what it is to be
 */
export async function addClient(surroundings: Surroundings, options: AddOptions): Promise<void> {
  const { id, name = '', redirectUri: redirectUris = [], api = [], auth = 'none', rememberConsent } = options;
  const authentication = await authenticationIn(surroundings, auth, options);
  const { realm, now, made } = await inRealm(surroundings, options, async (hand) => {
    const outcome = await hand.administration.preregister(hand.realm.id, {
      ...(id !== undefined && { id }),
      name,
      redirectUris,
      authentication,
      access: accessIn(hand.realm, api),
      ...(rememberConsent !== undefined && { rememberConsent }),
    });
    if (outcome.outcome === 'refused') throw termsRefused(outcome);
    if (outcome.outcome === 'missing') throw new Refused(`There is no realm ${hand.realm.id} any more.`);
    return { ...hand, made: outcome };
  });
  const { client, secret } = made;
  tell(surroundings, options, {
    document: { ...clientDocument(client, realm, now), ...(secret !== undefined && { secret }) },
    text: () =>
      sheet([
        ['client_id', client.id],
        ['client_secret', secret],
      ]),
  });
  if (secret !== undefined) {
    surroundings.stderr.write(
      'The secret is shown this once, and kept nowhere. clients secret makes another.\n',
    );
  }
}

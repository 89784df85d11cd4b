import type { ClientAuthenticationMethod } from '@vestibule/core';
import { Refused } from '@vestibule/database';
import { printResult } from '../output/print.ts';
import { sheet } from '../output/sheet.ts';
import { inRealm } from '../realm/in-realm.ts';
import type { CommandContext } from '../context/command-context.ts';
import { clientDocument } from './client-document.ts';
import { accessIn, authenticationIn, termsRefused, type TermsOptions } from './client-terms.ts';

export interface AddOptions extends TermsOptions {
  readonly id?: string;
  readonly auth?: ClientAuthenticationMethod;
}

/**
 * Pre-registers a client. Prints its credentials to standard output, and notes about them to standard error.
 *
 * @throws Refused if the realm does not accept its terms
 */
export async function addClient(context: CommandContext, options: AddOptions): Promise<void> {
  const { id, name = '', redirectUri: redirectUris = [], api = [], auth = 'none', rememberConsent } = options;
  const authentication = await authenticationIn(context, auth, options);
  const { realm, now, made } = await inRealm(context, options, async (realmContext) => {
    const outcome = await realmContext.operator.clients.add(realmContext.actor, realmContext.realm.id, {
      ...(id !== undefined && { id }),
      name,
      redirectUris,
      authentication,
      access: accessIn(realmContext.realm, api),
      ...(rememberConsent !== undefined && { rememberConsent }),
    });
    if (outcome.outcome === 'refused') throw termsRefused(outcome);
    if (outcome.outcome === 'missing') {
      throw new Refused('The realm was deleted while the command ran. No client was added.');
    }
    return { ...realmContext, made: outcome };
  });
  const { client, secret, replacedDocument = false } = made;
  printResult(context, options, {
    document: {
      ...clientDocument(client, realm, now),
      ...(replacedDocument && { replacedDocument }),
      ...(secret !== undefined && { secret }),
    },
    text: () =>
      sheet([
        ['client_id', client.id],
        ['client_secret', secret],
      ]),
  });
  if (replacedDocument) {
    context.stderr.write(
      'It replaced the client that the document at this URL described. The grants of that client have ended.\n',
    );
  }
  if (secret !== undefined) {
    context.stderr.write(
      'The secret is displayed only once: only its hash is stored. To create another, run vestibule clients secret.\n',
    );
  }
}

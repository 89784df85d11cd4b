import { type BoundTransaction, csrfToken } from '../transaction/resume.ts';
import type { ConsentCase } from './decide.ts';

/**
 * The token of the consent form. What the page shows is part of it, and so is the person it is shown to: a form that
 * was filled in before any of it changed is not taken.
 */
export function consentToken(
  { browserSecret, transaction }: BoundTransaction,
  asked: ConsentCase,
): Promise<string> {
  const { client, asleepSince, api, scopes, held, realm, person } = asked;
  const { preregistration } = client;
  const shown = {
    transaction: transaction.id,
    person,
    client: { name: client.name, verifiedBy: client.verifiedBy, asleepSince },
    // Who made it and what is remembered is shown, too.
    ...(preregistration && { preregistered: preregistration.rememberConsent }),
    destination: transaction.request.redirectUri,
    api: { name: api.name, resource: api.resource },
    scopes: realm.scopes.filter(({ name }) => scopes.includes(name)),
    held: realm.scopes.filter(({ name }) => held.includes(name)),
    durations: realm.settings.consent.durations,
  };
  return csrfToken(browserSecret, `consent:${JSON.stringify(shown)}`);
}

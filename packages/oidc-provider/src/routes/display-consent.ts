import type { ServerResponse } from 'node:http';
import type { ConsentView } from '@vestibule/server';
import type { Interaction, Provider } from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';
import type { Choice } from '../consent/approve.ts';
import type { ConsentCase } from '../consent/consent-facts.ts';
import { formToken } from '../consent/form-token.ts';
import { sendPage } from './send-page.ts';

type Alerts = Pick<ConsentView, 'nothingTicked' | 'tooSoon'> & { readonly stale?: boolean };

/** Displays the consent page. */
export function display(
  { clock, pages, connectedApps, consentPath, issuer }: BridgeContext,
  provider: Provider,
  { res }: { readonly res: ServerResponse },
  interaction: Interaction,
  { facts, allowed }: ConsentCase,
  { stale = false, ...alerts }: Alerts = {},
): void {
  const now = clock();
  const { uid, params } = interaction;
  const again = new URL(provider.urlFor('authorization'));
  for (const [name, value] of Object.entries<unknown>({ ...params, prompt: 'login' })) {
    if (typeof value === 'string') again.searchParams.set(name, value);
  }
  const page = pages.consent({
    ...facts,
    ...alerts,
    stale,
    now,
    held: [],
    readingTime: allowed.realm.settings.consent.minimumReadingTime,
    switchPerson: again.href,
    connectedApps,
    action: `${issuer}${consentPath}/${uid}`,
    interaction: uid,
    csrf: formToken(uid, facts, now),
  });
  sendPage(res, stale ? 403 : 200, page);
}

/** What the form says, of what was displayed. */
export function choiceOf(fields: URLSearchParams, { facts }: ConsentCase): Choice {
  const chosen = fields.getAll('scope');
  const [first, ...others] = facts.durations;
  const lasting = fields.get('lasting');
  return {
    scopes: facts.scopes.map(({ name }) => name).filter((name) => chosen.includes(name)),
    duration: others.find((duration) => String(duration) === lasting) ?? first ?? 'until-revoked',
  };
}

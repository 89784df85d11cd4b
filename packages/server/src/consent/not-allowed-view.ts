import type { Instant } from '@vestibule/core';
import type { BoundInteraction } from '../authorization-request/interaction.ts';
import type { NotAllowedView } from '../pages/views.ts';
import { pageAt, placeAt, switchPersonPage } from '../web/place.ts';
import { judgeTimedToken, timedToken } from '../web/timed-token.ts';
import type { NotAllowedCase } from './decide-consent.ts';

/** What the page about a person who may not let apps use an API displays. Its form goes back to the app, and is bound to all of it. */
export function notAllowedView(
  issuer: string,
  realmName: string,
  bound: BoundInteraction,
  asked: NotAllowedCase,
  now: Instant,
): NotAllowedView {
  const contents = contentsOf(issuer, realmName, bound, asked);
  return { ...contents, csrf: timedToken(formOf(bound, contents), now) };
}

/** Whether a posted form is the one of the page. It can only deny, which gives no access: so it counts at once. */
export const isOfNotAllowedPage = (
  issuer: string,
  realmName: string,
  bound: BoundInteraction,
  asked: NotAllowedCase,
  token: string | null,
  now: Instant,
): boolean =>
  judgeTimedToken(formOf(bound, contentsOf(issuer, realmName, bound, asked)), token, now) !== 'stale';

type Contents = Omit<NotAllowedView, 'csrf'>;

function contentsOf(
  issuer: string,
  realmName: string,
  { interaction: { id } }: BoundInteraction,
  { api: { name, resource }, session: { person } }: NotAllowedCase,
): Contents {
  return {
    realmName,
    api: { name, resource },
    person,
    switchPerson: switchPersonPage(issuer, id),
    action: pageAt(issuer, 'consent', placeAt(issuer, id)),
    interaction: id,
  };
}

const formOf = (
  { browserSecret }: BoundInteraction,
  contents: Contents,
): Parameters<typeof timedToken>[0] => ({
  browserSecret,
  purpose: `not-allowed:${JSON.stringify(contents)}`,
});

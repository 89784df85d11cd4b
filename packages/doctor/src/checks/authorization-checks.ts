import { UNREGISTERED } from '@vestibule/client-fixtures';
import { PEOPLE } from '../agents/audience.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { type Exchange, isJson, received, statusOf } from '../exchange/exchange.ts';
import { leadsTo } from './browser-reply.ts';
import { type Check, failed, type Judgement, MEASURED, passed, rfc, skipped } from './check.ts';

/** Judges the response to an authorization request of an unknown client. */
const ofUnknown =
  (judge: (exchange: Exchange) => Judgement) =>
  ({ issuer }: Evidence): Judgement =>
    issuer?.authorization === undefined
      ? skipped('There is no authorization endpoint.')
      : judge(issuer.authorization);

const unknown: Check = {
  id: 'authorize.unknown-client',
  title: 'An unknown client is not redirected to.',
  severity: 'error',
  audience: PEOPLE,
  section: rfc(6749, '4.1.2.1'),
  why: 'A link to your host leads to any website that its author chose (open redirect).',
  mend: 'Display a page with the error, and redirect only to a redirect URI that is registered for the client.',
  seen: [MEASURED],
  judge: ofUnknown((exchange) =>
    leadsTo(exchange, UNREGISTERED)
      ? failed(`The browser is sent to ${UNREGISTERED}, which no client registered.`, { where: exchange.url })
      : passed,
  ),
};

const page: Check = {
  id: 'authorize.error-page',
  title: 'The error for an unknown client is a page for people.',
  severity: 'warning',
  audience: PEOPLE,
  section: rfc(6749, '4.1.2.1'),
  why: 'The person sees this in the browser after their client was deleted, and does not know what to do.',
  mend: 'Respond 4xx with an HTML page that says that the app is unknown here and has to be connected again.',
  seen: ['https://github.com/supabase/mcp/issues/355'],
  judge: ofUnknown((exchange) => {
    const status = statusOf(exchange);
    const isRedirect = status !== undefined && status >= 300 && status < 400;
    return status === undefined || status >= 500 || (!isRedirect && isJson(exchange))
      ? failed(`${new URL(exchange.url).pathname} ${received(exchange)}.`, { where: exchange.url })
      : passed;
  }),
};

/** What an authorization request of an unknown client tells. */
export const authorizationChecks: readonly Check[] = [unknown, page];

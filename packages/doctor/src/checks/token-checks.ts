import { quote } from '@vestibule/client-fixtures';
import { EVERYONE, PAGES, REGISTERING } from '../agents/audience.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { type Exchange, headerOf, isJson, jsonOf, received, statusOf } from '../exchange/exchange.ts';
import { type Check, CORS, failed, type Judgement, passed, rfc, skipped } from './check.ts';
import { judgeReadable } from './metadata-at.ts';

/** Judges the response to a token request of an unknown client. */
const ofUnknown =
  (judge: (exchange: Exchange) => Judgement) =>
  ({ issuer }: Evidence): Judgement =>
    issuer?.token === undefined ? skipped('There is no token endpoint.') : judge(issuer.token);

const errorOf = (exchange: Exchange): unknown => jsonOf(exchange)?.['error'];

const errors: Check = {
  id: 'token.error-json',
  title: 'Errors of the token endpoint are JSON with an error code.',
  severity: 'error',
  audience: EVERYONE,
  section: rfc(6749, '5.2'),
  why: 'Agents decide by the code whether to refresh, to sign in again or to register again.',
  mend: 'Respond with application/json: {"error": "…"}. Check what your proxy does with status 400 and 401.',
  judge: ofUnknown((exchange) => {
    const status = statusOf(exchange) ?? 0;
    return status >= 400 && status < 500 && isJson(exchange) && typeof errorOf(exchange) === 'string'
      ? passed
      : failed(`${exchange.url} ${received(exchange)} to an unknown client.`, { where: exchange.url });
  }),
};

const unknown: Check = {
  id: 'token.invalid-client',
  title: 'An unknown client gets invalid_client.',
  severity: 'error',
  audience: REGISTERING,
  section: rfc(6749, '5.2'),
  why: 'Agents register again only after invalid_client. With any other code they are stuck once their client is deleted.',
  mend: 'Look up the client before the code or the refresh token, and respond invalid_client if it is unknown.',
  seen: [
    'https://github.com/better-auth/better-auth/issues/11035',
    'https://github.com/pomerium/pomerium/pull/6786',
  ],
  judge: ofUnknown((exchange) => {
    const error = errorOf(exchange);
    return error === 'invalid_client'
      ? passed
      : failed(`error is ${quote(error)}; ${exchange.url} ${received(exchange)}.`, {
          where: exchange.url,
        });
  }),
};

const status: Check = {
  id: 'token.invalid-client-status',
  title: 'invalid_client has the status 401.',
  severity: 'warning',
  audience: REGISTERING,
  section: rfc(6749, '5.2'),
  why: 'The specification permits 400 too, but some agents, such as Claude, take only a 401 for a deleted client.',
  mend: 'Respond 401 with invalid_client.',
  seen: ['https://github.com/PrefectHQ/fastmcp/issues/1762'],
  judge: ofUnknown((exchange) => {
    if (errorOf(exchange) !== 'invalid_client') return skipped('There is no invalid_client.');
    return statusOf(exchange) === 401
      ? passed
      : failed(`${exchange.url} responds ${statusOf(exchange)}.`, { where: exchange.url });
  }),
};

const cors: Check = {
  id: 'token.cors',
  title: 'A page can read the responses of the token endpoint, errors too.',
  severity: 'error',
  audience: PAGES,
  section: CORS,
  why: 'The agent gets a code and then no token.',
  mend: 'Send Access-Control-Allow-Origin: * on every response of the token endpoint.',
  seen: ['https://github.com/getsentry/sentry-mcp/issues/999'],
  judge: ({ issuer }) => judgeReadable(issuer?.token, 'There is no token endpoint.'),
};

const cache: Check = {
  id: 'token.no-store',
  title: 'Responses of the token endpoint are not cached.',
  severity: 'note',
  audience: EVERYONE,
  section: rfc(6749, '5.1'),
  why: 'The error was examined; if tokens are sent alike, a cache on the way may keep them.',
  mend: 'Send Cache-Control: no-store on every response of the token endpoint.',
  judge: ofUnknown((exchange) => {
    if (exchange.reply.kind === 'none') return skipped('There is no response.');
    const header = headerOf(exchange, 'cache-control');
    return /\bno-store\b/i.test(header ?? '')
      ? passed
      : failed(`Cache-Control is ${quote(header)}.`, { where: exchange.url });
  }),
};

export const tokenChecks: readonly Check[] = [errors, unknown, status, cors, cache];

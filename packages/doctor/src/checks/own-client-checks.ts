import { quote, UNREGISTERED } from '@vestibule/client-fixtures';
import { EVERYONE, PEOPLE } from '../agents/audience.ts';
import { type Evidence, issuerMetadata, type OwnClientEvidence } from '../evidence/evidence.ts';
import { type Exchange, headerOf, received, statusOf } from '../exchange/exchange.ts';
import { leadsTo, replyTo } from './browser-reply.ts';
import { type Check, failed, type Judgement, MEASURED, passed, rfc, skipped } from './check.ts';

/** Judges the requests of the client that the doctor registered. */
const ofOwn =
  (judge: (own: OwnClientEvidence, evidence: Evidence) => Judgement) =>
  (evidence: Evidence): Judgement => {
    const { own } = evidence.registered ?? {};
    return own === undefined ? skipped('No client was registered.') : judge(own, evidence);
  };

const unregistered: Check = {
  id: 'authorize.unregistered-redirect',
  title: 'A registered client is not redirected to an unregistered redirect URI.',
  severity: 'error',
  audience: PEOPLE,
  section: rfc(9700, '4.1.3'),
  why: 'An attacker receives the code of the person who follows a link (account takeover).',
  mend: 'Compare redirect URIs exactly, except for the port of a loopback address.',
  seen: [MEASURED],
  judge: ofOwn(({ unregistered: exchange }) =>
    leadsTo(exchange, UNREGISTERED)
      ? failed(`The browser is sent to ${UNREGISTERED}, which is not registered.`, { where: exchange.url })
      : passed,
  ),
};

/** Whether a request is refused: by a page, or by an error that is sent to the client or to a page. */
const isRefused = (exchange: Exchange): boolean => {
  const reply = replyTo(exchange);
  if (reply.kind === 'led') return /[?&#]error=/.test(reply.to);
  return reply.kind === 'page' && reply.status >= 400;
};

const pkce: Check = {
  id: 'authorize.pkce-required',
  title: 'A request without a code challenge is refused before the sign-in.',
  severity: 'error',
  audience: PEOPLE,
  section: rfc(9700, '2.1.1'),
  why: 'A public client has nothing else that binds the code to it: who intercepts the code gets the token.',
  mend: 'Require code_challenge with S256 of every client that has no secret, and respond invalid_request without it.',
  seen: [MEASURED],
  judge: ofOwn(({ complete, withoutChallenge }) => {
    const [first] = complete;
    if (first === undefined || isRefused(first)) return skipped('The complete request is refused, too.');
    return isRefused(withoutChallenge)
      ? passed
      : failed(
          `Without code_challenge, ${new URL(withoutChallenge.url).pathname} goes on: it ${received(withoutChallenge)}.`,
          {
            where: withoutChallenge.url,
          },
        );
  }),
};

const iss: Check = {
  id: 'authorize.iss',
  title: 'Authorization responses have the advertised iss.',
  severity: 'warning',
  audience: EVERYONE,
  section: rfc(9207, '2.4'),
  why: 'Agents that read the metadata refuse a response without it. Only an error was observed.',
  mend: 'Add iss with the issuer to every authorization response, errors too.',
  judge: ofOwn(({ wrongType, redirectUri }, evidence) => {
    if (issuerMetadata(evidence)?.['authorization_response_iss_parameter_supported'] !== true) {
      return skipped('It is not advertised.');
    }
    const response = responseAt(wrongType, redirectUri);
    if (response === undefined) return skipped('The error was not sent to the client.');
    const sent = response.get('iss');
    return sent === evidence.issuer?.issuer
      ? passed
      : failed(`iss is ${quote(sent)}.`, { where: wrongType.url });
  }),
};

const state: Check = {
  id: 'authorize.state',
  title: 'Authorization responses repeat the state.',
  severity: 'warning',
  audience: EVERYONE,
  section: rfc(6749, '4.1.2.1'),
  why: 'Agents refuse a response whose state is not theirs. Only an error was observed.',
  mend: 'Return state unchanged with every authorization response, errors too.',
  judge: ofOwn(({ wrongType, redirectUri, state: sent }) => {
    const response = responseAt(wrongType, redirectUri);
    if (response === undefined) return skipped('The error was not sent to the client.');
    return response.get('state') === sent
      ? passed
      : failed(`state is ${quote(response.get('state'))}, not ${quote(sent)}.`, {
          where: wrongType.url,
        });
  }),
};

/** The parameters of an authorization response that leads to a redirect URI. */
function responseAt(exchange: Exchange, redirectUri: string): URLSearchParams | undefined {
  const reply = replyTo(exchange);
  if (reply.kind !== 'led' || !reply.to.startsWith(redirectUri)) return undefined;
  const { search, hash } = new URL(reply.to);
  return new URLSearchParams(search === '' ? hash.slice(1) : search);
}

const framing: Check = {
  id: 'authorize.framing',
  title: 'The pages for people cannot be framed.',
  severity: 'error',
  audience: PEOPLE,
  section: rfc(9700, '4.16'),
  why: 'A website displays the page in an invisible frame and lets the person click on it (clickjacking).',
  mend: "Send Content-Security-Policy: frame-ancestors 'none' with every page.",
  judge: ofOwn(({ complete }) => {
    const last = complete.at(-1);
    if (
      last === undefined ||
      statusOf(last) !== 200 ||
      !/^text\/html/i.test(headerOf(last, 'content-type') ?? '')
    ) {
      return skipped('No page was reached without a browser.');
    }
    return /frame-ancestors/i.test(headerOf(last, 'content-security-policy') ?? '') ||
      headerOf(last, 'x-frame-options') !== undefined
      ? passed
      : failed(`${new URL(last.url).pathname} has neither frame-ancestors nor X-Frame-Options.`, {
          where: last.url,
        });
  }),
};

/** What the requests of a client that the doctor registered tell. */
export const ownClientChecks: readonly Check[] = [unregistered, pkce, iss, state, framing];

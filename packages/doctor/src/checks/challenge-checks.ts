import { quote } from '@vestibule/client-fixtures';
import { EVERYONE, PAGES, REFRESHING } from '../agents/audience.ts';
import type { Evidence, ResourceEvidence } from '../evidence/evidence.ts';
import { headerOf, received, statusOf } from '../exchange/exchange.ts';
import { webUrl } from '../exchange/web-url.ts';
import { type Check, CORS, failed, type Judgement, MEASURED, passed, rfc, skipped } from './check.ts';
import { namesIn, refusedByPreflight, unreadable } from './page-access.ts';
import { parameterOf, schemesIn } from './www-authenticate.ts';

/** Judges a protected resource that responds; everything else is skipped. */
const ofResource =
  (judge: (resource: ResourceEvidence) => Judgement) =>
  ({ resource }: Evidence): Judgement => {
    if (resource === undefined) return skipped('The URL is that of an authorization server.');
    return resource.challenge.reply.kind === 'none' ? skipped('It does not respond.') : judge(resource);
  };

/** Judges a challenge with status 401. */
const ofChallenge = (judge: (header: string | undefined, url: string) => Judgement) =>
  ofResource(({ challenge }) =>
    statusOf(challenge) === 401
      ? judge(headerOf(challenge, 'www-authenticate'), challenge.url)
      : skipped('It does not respond 401.'),
  );

const status: Check = {
  id: 'challenge.status',
  title: 'A request without a token is responded to with 401.',
  severity: 'error',
  audience: EVERYONE,
  section: rfc(6750, '3.1'),
  why: 'Agents sign in only after a 401. A server that responds with success is open to anyone.',
  mend: 'Respond 401 with a WWW-Authenticate header to every request without a valid token, initialize included.',
  seen: [MEASURED, 'https://www.knostic.ai/blog/mapping-mcp-servers-study'],
  judge: ofResource(({ challenge }) =>
    statusOf(challenge) === 401
      ? passed
      : failed(`${challenge.method} ${challenge.url} without a token ${received(challenge)}.`, {
          where: challenge.url,
        }),
  ),
};

const scheme: Check = {
  id: 'challenge.scheme',
  title: 'The 401 has a WWW-Authenticate header with the scheme Bearer or DPoP.',
  severity: 'error',
  audience: EVERYONE,
  section: rfc(6750, '3'),
  why: 'Without it an agent cannot know that a token of an authorization server is expected.',
  mend: 'Add WWW-Authenticate: Bearer resource_metadata="…" to every 401.',
  judge: ofChallenge((header, where) => {
    if (header === undefined) return failed('The 401 has no WWW-Authenticate header.', { where });
    return schemesIn(header).some((name) => name === 'bearer' || name === 'dpop')
      ? passed
      : failed(`WWW-Authenticate is ${quote(header)}.`, { where });
  }),
};

const pointer: Check = {
  id: 'challenge.resource-metadata',
  title: 'The challenge names the URL of the metadata.',
  severity: 'warning',
  audience: EVERYONE,
  section: rfc(9728, '5.1'),
  why: 'Agents then guess the URL, in different ways, and find nothing if the metadata are elsewhere.',
  mend: 'Add resource_metadata="https://…/.well-known/oauth-protected-resource…" to the WWW-Authenticate header.',
  seen: ['https://github.com/InsForge/insforge-mcp/pull/69'],
  judge: ofChallenge((header, where) => {
    if (header === undefined) return skipped('There is no WWW-Authenticate header.');
    const value = parameterOf(header, 'resource_metadata');
    if (value === undefined) return failed('WWW-Authenticate has no resource_metadata.', { where });
    return webUrl(value) !== undefined
      ? passed
      : failed(`resource_metadata is ${quote(value)}, which is no URL of the web.`, { where });
  }),
};

const invalidToken: Check = {
  id: 'challenge.invalid-token',
  title: 'A token that does not exist is responded to with 401.',
  severity: 'error',
  audience: REFRESHING,
  section: rfc(6750, '3.1'),
  why: 'With success, any text is a token. With any other status, agents do not refresh an expired token.',
  mend: 'Verify the signature, the issuer, the audience and the expiry of every token, and respond 401 if any is wrong.',
  judge: ofResource(({ invalidToken: exchange }) =>
    statusOf(exchange) === 401
      ? passed
      : failed(`${exchange.url} with an invalid token ${received(exchange)}.`, { where: exchange.url }),
  ),
};

const errorCode: Check = {
  id: 'challenge.error-code',
  title: 'The challenge to an invalid token has error="invalid_token".',
  severity: 'note',
  audience: REFRESHING,
  section: rfc(6750, '3.1'),
  why: 'Agents use it to distinguish an expired token from a missing one.',
  mend: 'Add error="invalid_token" to the WWW-Authenticate header if a token was presented.',
  judge: ofResource(({ invalidToken: exchange }) => {
    if (statusOf(exchange) !== 401) return skipped('It does not respond 401.');
    const error = parameterOf(headerOf(exchange, 'www-authenticate') ?? '', 'error');
    if (error === 'invalid_token') return passed;
    const said = error === undefined ? 'no error' : `error=${quote(error)}`;
    return failed(`The challenge to an invalid token has ${said}.`, { where: exchange.url });
  }),
};

const cors: Check = {
  id: 'challenge.cors',
  title: 'A page can send requests to the server and read its 401.',
  severity: 'error',
  audience: PAGES,
  section: CORS,
  why: 'The browser reports a network error to the agent, which then cannot sign in.',
  mend: 'Respond to OPTIONS with 204, allow the headers content-type, authorization and mcp-protocol-version, and send Access-Control-Allow-Origin on every response, errors too.',
  seen: ['https://github.com/routecraftjs/routecraft/issues/328'],
  judge: ofResource(({ page, preflight }) => {
    const problem = unreadable(page) ?? refusedByPreflight(preflight, ['content-type', 'authorization']);
    return problem === undefined ? passed : failed(problem, { where: page.url });
  }),
};

const expose: Check = {
  id: 'challenge.cors-expose',
  title: 'A page can read the WWW-Authenticate header.',
  severity: 'warning',
  audience: PAGES,
  section: CORS,
  why: 'The agent receives the 401 but not the URL of the metadata, and guesses it.',
  mend: 'Send Access-Control-Expose-Headers: WWW-Authenticate.',
  judge: ofResource(({ page }) => {
    const isReadable = unreadable(page) === undefined && statusOf(page) === 401;
    if (!isReadable) return skipped('A page cannot read the 401.');
    return namesIn(headerOf(page, 'access-control-expose-headers')).some((name) =>
      ['www-authenticate', '*'].includes(name),
    )
      ? passed
      : failed('Access-Control-Expose-Headers does not have WWW-Authenticate.', { where: page.url });
  }),
};

export const challengeChecks: readonly Check[] = [
  status,
  scheme,
  pointer,
  invalidToken,
  errorCode,
  cors,
  expose,
];

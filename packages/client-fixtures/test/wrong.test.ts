import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { type CheckOutcome, fixtures, runFixtures } from '../src/index.ts';
import { checksOf, failuresIn } from './failures.ts';
import {
  type Behavior,
  json,
  matchesRight,
  page,
  redirect,
  startServer,
  without,
} from './servers/small-server.ts';

/** Each kind of redirect URI, an agent that sends few members, and one in a page. */
const some = fixtures.filter(({ id }) =>
  ['chatgpt', 'claude-code', 'cursor', 'lm-studio', 'use-mcp', 'vs-code'].includes(id),
);

async function failuresOf(behavior: Behavior): Promise<readonly CheckOutcome[]> {
  const { issuer } = await startServer(behavior);
  return failuresIn(await runFixtures({ issuer, fixtures: some }));
}

const withoutPort = (uri: string): string => uri.replace(/:\d+(?=\/|$)/, '');

const asRead = (uri: string): string => {
  const { protocol, hostname, pathname } = new URL(uri);
  return `${protocol}//${hostname}${pathname}`;
};

test(
  cite(
    'a server that does everything right passes everything, with every agent',
    'vestibule:client-fixtures:other-ways',
  ),
  async () => {
    const { issuer } = await startServer();
    const outcomes = await runFixtures({ issuer });
    expect(outcomes.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(400);
  },
);

test.each<[how: string, behavior: Behavior]>([
  ['displays the sign-in page at once', { leadOn: (_, response) => page(response, 200) }],
  ['has people sign in elsewhere', { leadOn: (_, response) => redirect(response, 'https://login.example/') }],
  [
    'sends an error back to the agent',
    { leadOn: (uri, response) => redirect(response, `${uri}?error=invalid_scope&state=x`) },
  ],
  [
    'leads to the agent with a page that refreshes',
    {
      leadOn: (uri, response) =>
        page(response, 400, `<meta http-equiv="refresh" content="0;url=${uri}?error=x&amp;state=x">`),
    },
  ],
  ['refuses on a page of its own', { refuse: (_, response) => redirect(response, '/problem?id=1') }],
  [
    'refuses at an address that says so, with an id in it',
    { refuse: (uri, response) => redirect(response, `/problem/${uri.length}?error=invalid_request`) },
  ],
  [
    'refuses with 200 and redirects to go on',
    { refuse: (_, response) => page(response, 200, 'Something is wrong with the link.') },
  ],
  [
    'issues a secret that is never used',
    { keep: (client) => ({ ...client, client_secret: 'x', client_secret_expires_at: 0 }) },
  ],
  [
    'names no method and gives no secret',
    { answer: (client, response) => json(response, 201, without(client, 'token_endpoint_auth_method')) },
  ],
  ['is found as an OpenID provider', { metadataPath: '/.well-known/openid-configuration' }],
])(cite('a server that %s passes too', 'vestibule:client-fixtures:other-ways'), async (_, behavior) => {
  expect(await failuresOf(behavior)).toEqual([]);
});

test.each<[flaw: string, behavior: Behavior, checks: readonly string[], says: string | RegExp]>([
  [
    'registers with a secret only',
    {
      keep: (client) => ({
        ...client,
        token_endpoint_auth_method: 'client_secret_basic',
        client_secret: 'x',
        client_secret_expires_at: 0,
      }),
    },
    ['answer.authentication'],
    'token_endpoint_auth_method is "client_secret_basic", with a secret; ChatGPT can work with none.',
  ],
  [
    'promises a secret and gives none',
    { keep: (client) => ({ ...client, token_endpoint_auth_method: 'client_secret_basic' }) },
    ['answer.authentication'],
    'token_endpoint_auth_method is "client_secret_basic", and there is no client_secret.',
  ],
  [
    'does not say when a secret expires',
    {
      keep: (client) => ({
        ...client,
        token_endpoint_auth_method: 'client_secret_basic',
        client_secret: 'x',
      }),
    },
    ['answer.authentication'],
    'There is a client_secret and no client_secret_expires_at, which it requires; 0 says that it does not expire.',
  ],
  [
    'does not say what was registered',
    { answer: (client, response) => json(response, 201, without(client, 'redirect_uris')) },
    ['answer.redirect-uris'],
    'redirect_uris is missing; it must list what was registered.',
  ],
  [
    'drops a redirect URI',
    { keep: (client) => ({ ...client, redirect_uris: client.redirect_uris.slice(0, 2) }) },
    ['answer.redirect-uris', 'redirects.accepts'],
    'redirect_uris lacks "http://localhost:8787/callback"; agents come back to what they sent.',
  ],
  [
    'forgets a redirect URI that it says it kept',
    {
      matches: (registered, requested) =>
        matchesRight(registered, requested) && !registered.startsWith('https://vscode.dev'),
    },
    ['redirects.accepts'],
    'The server responded 400 with a page; the redirect URI should be accepted, because it is registered.',
  ],
  [
    'rewrites redirect URIs',
    { keep: (client) => ({ ...client, redirect_uris: client.redirect_uris.map((uri) => `${uri}/`) }) },
    ['answer.redirect-uris', 'redirects.accepts'],
    /^redirect_uris lacks "(.+)", and has "\1\/", which was not sent; agents come back to what they sent\.$/,
  ],
  [
    'holds loopback to its port',
    { matches: (registered, requested) => registered === requested },
    ['redirects.accepts'],
    'The server responded 400 with a page; the redirect URI should be accepted, because an app on this computer takes whatever port is free (RFC 8252 §7.3).',
  ],
  [
    'lets websites have any port',
    { matches: (registered, requested) => matchesRight(withoutPort(registered), withoutPort(requested)) },
    ['redirects.refuses'],
    /leads to "http:.*\/sign-in"; the redirect URI should be refused with a 4xx page, because it has a port, and the registered one has none\./,
  ],
  [
    'takes whatever begins like a registered one',
    {
      matches: (registered, requested) =>
        requested.startsWith(registered) || matchesRight(registered, requested),
    },
    ['redirects.refuses'],
    /because its path goes on\.$/,
  ],
  [
    'compares what a URL parser made of it',
    {
      matches: (registered, requested) => URL.canParse(requested) && asRead(registered) === asRead(requested),
    },
    ['redirects.refuses'],
    /because it has a user name\.$/,
  ],
  [
    'takes one name of this computer for another',
    {
      matches: (registered, requested) =>
        [registered, registered.replace('localhost', '127.0.0.1')].some((uri) =>
          matchesRight(uri, requested),
        ),
    },
    ['redirects.refuses'],
    /because it says 127\.0\.0\.1, not localhost\.$/,
  ],
  [
    'sends errors to unregistered redirect URIs',
    { refuse: (uri, response) => redirect(response, `${uri}?error=invalid_redirect_uri`) },
    ['redirects.refuses'],
    /leads to "https:\/\/evil\.example\/.*error=invalid_redirect_uri"; the redirect URI should be refused/,
  ],
  [
    'sends them there with a page',
    {
      refuse: (uri, response) => {
        response.setHeader('refresh', `0; url=${uri}`);
        page(response, 400);
      },
    },
    ['redirects.refuses'],
    /responded 400 and leads to "https:\/\/evil\.example\//,
  ],
  [
    'has people sign in before it looks',
    { refuse: (_, response) => redirect(response, '/sign-in') },
    ['redirects.refuses'],
    /leads to "http:.*\/sign-in"; the redirect URI should be refused/,
  ],
  [
    'breaks at the authorization endpoint',
    { leadOn: (_, response) => page(response, 500), refuse: (_, response) => page(response, 500) },
    ['redirects.accepts'],
    'The server responded 500; the redirect URI should be accepted, because it is registered.',
  ],
  [
    'answers a registration in HTML',
    { answer: (_, response) => page(response, 201) },
    ['registration.accepted'],
    'The server responded 201 with something that is no JSON object ("text/html"); agents read application/json.',
  ],
  [
    'answers JSON and calls it a page',
    {
      answer: (client, response) => {
        response.writeHead(201, { 'content-type': 'text/html' }).end(JSON.stringify(client));
      },
    },
    ['registration.accepted'],
    'The content type of the response is "text/html"; it should be application/json (RFC 7591 §3.2.1).',
  ],
  [
    'answers 200 to a registration',
    { answer: (client, response) => json(response, 200, client) },
    ['registration.accepted'],
    'The server responded 200; the status for a registered client is 201 (RFC 7591 §3.2.1).',
  ],
  [
    'wants a token for a registration',
    { answer: (_, response) => json(response, 401, { error: 'invalid_token' }) },
    ['registration.accepted'],
    'The server responded 401, "invalid_token"; it should respond 201, because an agent that is unknown to the server has no token to register with. If every client is given one there, give an initial access token.',
  ],
  [
    'does not answer a registration',
    { answer: (_, response) => void response.destroy() },
    ['registration.accepted'],
    /^The registration endpoint could not be reached \(.+\)\.$/,
  ],
  [
    'says null where it has nothing',
    { keep: (client) => ({ ...client, client_uri: null }) },
    ['answer.member-types'],
    'client_uri is null and should be a text, or left out.',
  ],
  [
    'does not say what it made of grants',
    { answer: (client, response) => json(response, 201, without(client, 'grant_types', 'response_types')) },
    ['answer.grants', 'answer.lists'],
    'grant_types is "authorization_code"; ChatGPT also uses refresh_token.',
  ],
  [
    'gives no client_id',
    { answer: (client, response) => json(response, 201, without(client, 'client_id')) },
    ['answer.client-id'],
    'client_id is missing; it must be a text that is not empty.',
  ],
  [
    'does not let pages read its responses',
    { cors: false },
    ['registration.readable-by-page'],
    'The response is not readable by http://localhost:5173; Access-Control-Allow-Origin is missing.',
  ],
  [
    'does not know what a preflight is',
    { preflight: (response) => page(response, 405) },
    ['registration.readable-by-page'],
    'The server responded 405 to the preflight; it should respond 200 or 204.',
  ],
  [
    'lets pages of its own in only',
    {
      preflight: (response) => {
        response.setHeader('access-control-allow-origin', 'https://id.example');
        response.writeHead(204).end();
      },
    },
    ['registration.readable-by-page'],
    'The response to the preflight is not readable by http://localhost:5173; Access-Control-Allow-Origin is https://id.example.',
  ],
  [
    'lets pages send forms only',
    {
      preflight: (response) => {
        response.removeHeader('access-control-allow-headers');
        response.writeHead(204).end();
      },
    },
    ['registration.readable-by-page'],
    'The preflight does not allow the header content-type, which a JSON body needs.',
  ],
])(
  cite('a server that %s is caught', 'vestibule:client-fixtures:each-flaw'),
  async (_, behavior, checks, says) => {
    const failures = await failuresOf(behavior);
    expect(checksOf(failures)).toEqual(checks);
    expect(failures.map(({ message }) => message)).toContainEqual(
      typeof says === 'string' ? expect.stringContaining(says) : expect.stringMatching(says),
    );
  },
);

test.each<[flaw: string, matches: Behavior['matches'], agent: string, uris: readonly string[]]>([
  [
    'holds loopback to its port',
    (registered, requested) => registered === requested,
    'vs-code',
    ['http://127.0.0.1:61234/', 'http://127.0.0.1:33418'],
  ],
  [
    'lets websites have any port',
    (registered, requested) => matchesRight(withoutPort(registered), withoutPort(requested)),
    'chatgpt',
    ['https://chatgpt.com:8443/connector_platform_oauth_redirect'],
  ],
  [
    'compares without regard to case',
    (registered, requested) => matchesRight(registered.toLowerCase(), requested.toLowerCase()),
    'claude-code',
    ['http://localhost:55969/CALLBACK'],
  ],
  [
    'compares without fragments and queries',
    (registered, requested) => matchesRight(registered, requested.replace(/[?#].*/, '')),
    'claude-code',
    ['http://localhost:55969/callback?next=elsewhere', 'http://localhost:55969/callback#elsewhere'],
  ],
])(
  cite(
    'names exactly the redirect URIs that a server gets wrong if it %s',
    'vestibule:client-fixtures:each-flaw',
  ),
  async (...row) => {
    const [, matches, agent, uris] = row;
    const failures = await failuresOf({ ...(matches && { matches }) });
    expect(failures.flatMap((one) => (one.agent === agent ? one.uri : []))).toEqual(uris);
  },
);

test('look-alikes of a redirect URI that is not accepted are skipped', async () => {
  const { issuer } = await startServer({
    matches: (registered, requested) =>
      matchesRight(registered, requested) && !registered.startsWith('https:'),
  });
  const outcomes = await runFixtures({ issuer, fixtures: some });
  const refusals = outcomes.filter(({ agent, check }) => agent === 'cursor' && check === 'redirects.refuses');
  for (const { uri = '', outcome } of refusals) {
    const isLikeTheWebsite =
      uri.includes('cursor.com') || uri.endsWith('evil.example/agents/mcp/oauth/callback');
    expect([uri, outcome]).toEqual([uri, isLikeTheWebsite ? 'skipped' : 'passed']);
  }
});

test('an agent that was refused is not tried further', async () => {
  const { issuer } = await startServer({ answer: (_, response) => json(response, 400, {}) });
  const outcomes = await runFixtures({ issuer, fixtures: some });
  const others = outcomes.filter(({ step }) => step !== 'registration');
  expect(new Set(others.map(({ outcome }) => outcome))).toEqual(new Set(['skipped']));
});

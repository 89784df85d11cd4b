import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { ISSUER, setUp } from './set-up.ts';

type World = ReturnType<typeof setUp>;

/** Sends a request to the endpoint at its path. */
async function send({ server }: World, request: Request): Promise<void> {
  const path = new URL(request.url).pathname.replace('/connect/', '');
  const endpoints = {
    authorize: server.authorize,
    par: server.pushedRequest,
    token: server.token,
    revoke: server.revoke,
  };
  const [, endpoint] = Object.entries(endpoints).find(([name]) => name === path) ?? [];
  await endpoint?.(request, { ip: '192.0.2.1' });
}

const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Request =>
  new Request(`${ISSUER}/connect/${path}`, { method: 'POST', body: new URLSearchParams(fields), headers });

const get = (query: Record<string, string>): Request =>
  new Request(`${ISSUER}/connect/authorize?${new URLSearchParams(query)}`);

/** A request that names a client, at each endpoint that authenticates clients. */
const REQUESTS: [string, (clientId: string) => Request][] = [
  ['authorize', (clientId) => get({ client_id: clientId })],
  [
    'authorize, pushed',
    (clientId) => get({ client_id: clientId, request_uri: 'urn:ietf:params:oauth:request_uri:x' }),
  ],
  ['par', (clientId) => post('par', { client_id: clientId, response_type: 'code' })],
  ['token', (clientId) => post('token', { client_id: clientId, grant_type: 'refresh_token' })],
  ['revoke', (clientId) => post('revoke', { client_id: clientId, token: 'x' })],
  [
    'token, by the header',
    (clientId) =>
      post(
        'token',
        { grant_type: 'refresh_token' },
        { authorization: `Basic ${btoa(`${encodeURIComponent(clientId)}:secret`)}` },
      ),
  ],
];

describe.each(REQUESTS)('the refusal of an unknown client at %s', (_, request) => {
  test.each([
    ['dyn-long-gone', `'dyn-long-gone'`],
    [`dyn-${'x'.repeat(2_000)}`, `'dyn-${'x'.repeat(116)}...'`],
    ['Call 555-0100 now\n', '(18 characters, with U+0020)'],
  ])(
    cite('is an event that holds what came: %j', 'vestibule:texts:claimed-client'),
    async (clientId, claimedClientId) => {
      const world = setUp();
      await send(world, request(clientId));
      const event = world.audit.events.at(-1);
      expect(event).toMatchObject({
        type: expect.stringMatching(/^(?:token|authorization)\.refused$/),
        claimedClientId,
      });
      expect(event).not.toHaveProperty('clientId');
    },
  );
});

test('a pre-registered client with a wrong secret is distinguished in the event', async () => {
  const world = setUp();
  const { clientId } = await world.preregister();
  const headers = { authorization: `Basic ${btoa(`${clientId}:wrong`)}` };
  await send(world, post('token', { grant_type: 'refresh_token' }, headers));
  expect(world.audit.events.at(-1)).toMatchObject({
    type: 'token.refused',
    claimedClientId: `'${clientId}'`,
  });
});

test('a request that names no client has none in its event', async () => {
  const world = setUp();
  await send(world, get({}));
  await send(world, post('token', { grant_type: 'refresh_token' }));
  for (const event of world.audit.events) expect(event).not.toHaveProperty('claimedClientId');
  expect(world.audit.events).toHaveLength(2);
});

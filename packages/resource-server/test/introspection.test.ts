import { expect, test } from 'vitest';
import { IssuerUnavailable } from '../src/index.ts';
import { apiWith, ISSUER, NOW, RESOURCE } from './issuer.ts';

const ENDPOINT = `${ISSUER}/connect/introspect`;
const credentials = { id: 'notes', secret: 'secret' };

async function apiThatAsks(answer: Record<string, unknown> | Response | undefined) {
  const world = await apiWith({ dpop: 'offered', introspection: { credentials } });
  const response = answer instanceof Response || answer === undefined ? answer : Response.json(answer);
  world.answers.set(ENDPOINT, response);
  return world;
}

const good = {
  active: true,
  iss: ISSUER,
  sub: 'ada',
  aud: RESOURCE,
  client_id: 'app',
  scope: 'read write',
  token_type: 'Bearer',
  exp: NOW / 1_000 + 900,
  jti: 'token-1',
  grant_id: 'grant-1',
};

test('a token is what the issuer says of it', async () => {
  const { admit, asked } = await apiThatAsks(good);
  expect(await admit({ authorization: 'Bearer any+token' }, ['write'])).toEqual({
    ok: true,
    token: {
      subject: 'ada',
      clientId: 'app',
      scopes: ['read', 'write'],
      expiresAt: NOW / 1_000 + 900,
      id: 'token-1',
      grantId: 'grant-1',
    },
  });
  expect(asked).toEqual([
    { uri: ENDPOINT, authorization: `Basic ${btoa('notes:secret')}`, body: 'token=any%2Btoken' },
  ]);
});

test('a bound token needs its proof here too', async () => {
  const world = await apiThatAsks(undefined);
  world.answers.set(ENDPOINT, Response.json({ ...good, token_type: 'DPoP', cnf: { jkt: world.holder.kid } }));
  expect(await world.admitBound('opaque')).toMatchObject({ ok: true });
  expect(await world.admit({ authorization: 'Bearer opaque' })).toMatchObject({ status: 401 });
});

test.each<[string, Record<string, unknown>]>([
  ['is not active', { active: false }],
  ['may be active', { ...good, active: 'true' }],
  ['is for another API', { ...good, aud: 'https://mail.example' }],
  ['is by another issuer', { ...good, iss: 'https://evil.example' }],
  ['is nobody’s', { ...good, sub: undefined }],
])('a token that %s is refused', async (_, answer) => {
  const { admit } = await apiThatAsks(answer);
  expect(await admit({ authorization: 'Bearer t' })).toMatchObject({ status: 401 });
});

test.each<[string, Response | undefined]>([
  ['is down', undefined],
  ['fails', new Response('', { status: 503 })],
  ['does not know this API', Response.json({ error: 'invalid_client' }, { status: 401 })],
])('an issuer that %s is an outage, of which the token is not guilty', async (_, answer) => {
  const { admit } = await apiThatAsks(answer);
  await expect(admit({ authorization: 'Bearer t' })).rejects.toThrow(IssuerUnavailable);
});

test('beyond the limit of concurrent requests no request is sent, which is an outage', async () => {
  const world = await apiWith({ introspection: { credentials, maxAtOnce: 2 } });
  world.answers.set(ENDPOINT, Response.json(good));
  const release = world.hold();
  const admit = () => world.admit({ authorization: 'Bearer any' });
  const waiting = [admit(), admit()];
  await expect(admit()).rejects.toThrow(IssuerUnavailable);
  release();
  expect((await Promise.all(waiting)).map(({ ok }) => ok)).toEqual([true, true]);
  expect(world.asked).toHaveLength(2);
  expect(await admit()).toMatchObject({ ok: true });
});

test('an answer that is far too long is not read to its end', async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      controller.enqueue(new TextEncoder().encode(' '.repeat(10_000)));
    },
  });
  const fetch = async (): Promise<Response> => new Response(endless);
  const { admit } = await apiWith({ introspection: { credentials }, fetch });
  await expect(admit({ authorization: 'Bearer any' })).rejects.toThrow(IssuerUnavailable);
  expect(sent).toBeLessThan(10);
});

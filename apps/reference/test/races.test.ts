import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { startApp } from './support/app.ts';
import { approve, authorizeUrl, exchange, register, token } from './support/oauth.ts';

const REDIRECT_URI = 'http://127.0.0.1:4711/cb';
const FIFTY = Array.from({ length: 50 });

test(cite('fifty exchanges of one code at once: one wins', 'rfc6749:4.1.2:once'), async () => {
  const app = await startApp();
  const { body: client } = await register(app, { redirect_uris: [REDIRECT_URI] });
  const arrived = await approve(authorizeUrl(app, client.client_id, { redirect_uri: REDIRECT_URI }));
  const answers = await Promise.all(FIFTY.map(() => exchange(app, client.client_id, REDIRECT_URI, arrived)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ body }) => body.error === 'invalid_grant')).toHaveLength(49);
});

test(
  cite('fifty refreshes with one token at once: one successor, which works', 'rfc9700:4.14.2:at-once'),
  async () => {
    const app = await startApp();
    const { body: client } = await register(app, { redirect_uris: [REDIRECT_URI] });
    const arrived = await approve(authorizeUrl(app, client.client_id, { redirect_uri: REDIRECT_URI }));
    const { body: tokens } = await exchange(app, client.client_id, REDIRECT_URI, arrived);
    const refresh = (refreshToken: string) =>
      token(app, { grant_type: 'refresh_token', client_id: client.client_id, refresh_token: refreshToken });
    const answers = await Promise.all(FIFTY.map(() => refresh(tokens.refresh_token)));
    expect(answers.map(({ status }) => status)).toEqual(FIFTY.map(() => 200));
    const successors = new Set(answers.map(({ body }) => body.refresh_token));
    expect(successors.size).toBe(1);
    expect((await refresh([...successors][0] ?? '')).status).toBe(200);
  },
);

test(
  cite(
    'accepts as many of twenty concurrent registrations from one address as the limit says',
    'vestibule:limits:at-once',
    'rfc7591:3:rate-limit',
  ),
  async () => {
    const app = await startApp();
    await app.change((realm) => {
      const registration = {
        ...realm.settings.registration,
        limits: { ...realm.settings.registration.limits, perAddressPerHour: 5 },
      };
      return { ...realm, settings: { ...realm.settings, registration } };
    });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => register(app, { redirect_uris: [`${REDIRECT_URI}/${i}`] })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(15);
    for (const { headers, body } of limited) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(3_000);
      expect(body).toMatchObject({ error: 'too_many_requests', error_description: expect.any(String) });
    }
  },
);

test(
  cite('creates one client for twenty concurrent identical registrations', 'vestibule:coalescing:at-once'),
  async () => {
    const app = await startApp();
    const same = () => register(app, { redirect_uris: [REDIRECT_URI] });
    const answers = await Promise.all(Array.from({ length: 20 }, same));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.client_id}`)).size).toBe(1);
  },
);

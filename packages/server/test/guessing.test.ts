import { SignJWT } from 'jose';
import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import type { Browser } from './browser.ts';
import { ISSUER, realmWith, setUp } from './set-up.ts';

const RIGHT = { username: 'ada', password: 'right' };
const WRONG = { username: 'ada', password: 'wrong' };
const DEVICE = '__Host-vestibule-device-main';

/** Many attackers at different addresses who guess passwords for one name. */
async function besieged(username = 'ada') {
  const world = setUp(realmWith({}, { lifecycle: { unused: 1e9 } }));
  const { register, authorizeUrl, newBrowser, answer } = world;
  const clientId = await register();
  const open = (browser: Browser) => browser.open(authorizeUrl(clientId, { prompt: 'login' }));
  const signIn = async (browser: Browser, fields = RIGHT) => answer(browser, await open(browser), fields);
  const guess = async (times: number) => {
    const outcomes: number[] = [];
    for (let i = 0; i < times; i += 1) {
      const stranger = newBrowser(`198.51.100.${i % 250}`);
      outcomes.push((await signIn(stranger, { username, password: 'guess' })).status);
    }
    return outcomes;
  };
  return { ...world, open, signIn, guess };
}

describe('guessing at one name from very many addresses', () => {
  test.each(['ada', 'nobody'])(
    cite('are slowed down, whether there is such a person or not: %s', 'oauth2.1:7.7:guessing'),
    async (username) => {
      const { guess } = await besieged(username);
      const outcomes = await guess(40);
      expect(outcomes).toEqual([...Array<number>(30).fill(403), ...Array<number>(10).fill(429)]);
    },
  );

  test('does not delay a person who signed in under it in this browser before', async () => {
    const { newBrowser, signIn, guess } = await besieged();
    const known = newBrowser('203.0.113.7');
    expect((await signIn(known)).view).toMatchObject({ page: 'consent' });
    await guess(40);
    expect((await signIn(known)).view).toMatchObject({ page: 'consent' });
    expect(await signIn(newBrowser('203.0.113.8'))).toMatchObject({ status: 429 });
  });

  test('do not hold up a person who has signed out or whose session expired', async () => {
    const { newBrowser, signIn, guess } = await besieged();
    const known = newBrowser('203.0.113.7');
    await signIn(known);
    known.cookies.delete('__Host-vestibule-session-main');
    await guess(40);
    expect((await signIn(known)).view).toMatchObject({ page: 'consent' });
  });

  test('do not hold up a person who shares their address', async () => {
    const { newBrowser, signIn } = await besieged();
    const known = newBrowser('203.0.113.7');
    await signIn(known);
    for (let i = 0; i < 101; i += 1) {
      await signIn(newBrowser('203.0.113.7'), { username: `person-${i}`, password: 'guess' });
    }
    expect(await signIn(newBrowser('203.0.113.7'), { username: 'grace', password: 'right' })).toMatchObject({
      status: 429,
    });
    expect((await signIn(known)).view).toMatchObject({ page: 'consent' });
  });

  test('are let in no faster by a browser that is known for another name, and all names of one have one count', async () => {
    const { newBrowser, signIn, guess } = await besieged();
    const grace = newBrowser('203.0.113.7');
    await signIn(grace, { username: 'grace', password: 'right' });
    await guess(30);
    expect(await signIn(grace, WRONG)).toMatchObject({ status: 429 });
  });

  test('get ten attempts in a known browser', async () => {
    const { newBrowser, signIn } = await besieged();
    const known = newBrowser();
    await signIn(known);
    const outcomes = [];
    for (let i = 0; i < 11; i += 1) outcomes.push((await signIn(known, WRONG)).status);
    expect(outcomes).toEqual([...Array<number>(10).fill(403), 429]);
    expect(await signIn(known)).toMatchObject({ status: 429 });
  });
});

describe('the cookie of a known browser', () => {
  test('signs no one in, and contains no name', async () => {
    const { newBrowser, signIn, open } = await besieged();
    const known = newBrowser();
    await signIn(known);
    const value = known.cookies.get(DEVICE) ?? '';
    const other = newBrowser();
    other.cookies.set(DEVICE, value);
    other.cookies.set('__Host-vestibule-session-main', value);
    expect((await open(other)).view).toMatchObject({ page: 'sign-in' });
    expect(Buffer.from(value.split('.')[1] ?? '', 'base64url').toString()).not.toMatch(/ada/i);
  });

  const forgeries: [
    string,
    (value: string, world: Awaited<ReturnType<typeof besieged>>) => string | Promise<string>,
  ][] = [
    ['nonsense', () => 'nonsense'],
    [
      'unsigned',
      (value) =>
        `${Buffer.from('{"alg":"none","typ":"vestibule-device+jwt"}').toString('base64url')}.${value.split('.')[1]}.`,
    ],
    [
      'changed',
      (value) =>
        value
          .replace(/.$/, (last) => (last === 'A' ? 'E' : 'A'))
          .replace(/\.(.)/, (_, first) => `.${first === 'e' ? 'f' : 'e'}`),
    ],
    [
      'signed with another key',
      () =>
        new SignJWT({ sub: 'x', jti: 'x' })
          .setProtectedHeader({ alg: 'HS256', typ: 'vestibule-device+jwt' })
          .setIssuer(ISSUER)
          .setAudience(ISSUER)
          .setExpirationTime('1h')
          .sign(new Uint8Array(32)),
    ],
    [
      'an access token',
      async (_, { obtainCode, register, exchange }) => {
        const clientId = await register();
        return (await exchange(clientId, await obtainCode(clientId))).body.access_token;
      },
    ],
    [
      'too old',
      (value, { pass }) => {
        pass(90 * 86_400);
        return value;
      },
    ],
  ];

  test.each(forgeries)('is believed only as it was given out: %s', async (_, forge) => {
    const world = await besieged();
    const { newBrowser, signIn, guess } = world;
    const known = newBrowser('203.0.113.7');
    await signIn(known);
    known.cookies.set(DEVICE, await forge(known.cookies.get(DEVICE) ?? '', world));
    await guess(30);
    expect(await signIn(known)).toMatchObject({ status: 429 });
  });
});

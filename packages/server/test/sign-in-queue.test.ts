import { expect, test } from 'vitest';
import {
  createAuthorizationServer,
  createSignInQueue,
  passwords,
  type Place,
  type SignInQueue,
} from '../src/index.ts';
import { type Browser, createBrowser, type Shown } from './browser.ts';
import { ISSUER, setUp } from './set-up.ts';

const RIGHT = { username: 'ada', password: 'right' };

/** A queue that reports the position of each attempt, and when so many have arrived. */
function watched(queue: SignInQueue) {
  const places: Place[] = [];
  const watchers = new Map<number, () => void>();
  const signInQueue: SignInQueue = {
    run(place, signal, work) {
      const result = queue.run(place, signal, work);
      places.push(place);
      watchers.get(places.length)?.();
      return result;
    },
  };
  const arrived = (count: number): Promise<void> =>
    places.length >= count
      ? Promise.resolve()
      : new Promise((resolve) => void watchers.set(count, () => resolve()));
  return { signInQueue, places, arrived };
}

/** A server that checks one password at a time, when the test says so, and lets one attempt wait. */
async function slow() {
  const world = setUp();
  const { options, register, authorizeUrl, answer } = world;
  const looked: string[] = [];
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => void (release = resolve));
  const queue = watched(createSignInQueue({ atOnce: 1, length: 1, retryAfter: 7 }));
  const server = createAuthorizationServer({
    ...options,
    signIn: passwords({
      queue: queue.signInQueue,
      authenticate: async ({ username, password }) => {
        looked.push(username);
        await released;
        return password === RIGHT.password
          ? { person: { subject: 'person-ada', name: 'Ada' }, methods: ['pwd'] }
          : undefined;
      },
    }),
  });
  const clientId = await register();
  const newBrowser = (ip: string): Browser => createBrowser(server, ISSUER, ip);
  async function signIn(browser: Browser, fields = RIGHT): Promise<Shown> {
    return answer(browser, await browser.open(authorizeUrl(clientId, { prompt: 'login' })), fields);
  }
  /** One password is being checked, and one attempt waits. */
  async function fill(): Promise<readonly Promise<Shown>[]> {
    const running = signIn(newBrowser('192.0.2.1'));
    await queue.arrived(1);
    const waiting = signIn(newBrowser('198.51.100.1'));
    await queue.arrived(2);
    return [running, waiting];
  }
  return { ...world, ...queue, looked, newBrowser, signIn, fill, release };
}

test('a sign-in that finds the queue full gets 503 with Retry-After, and its password is not checked', async () => {
  const { fill, signIn, newBrowser, release, looked, audit } = await slow();
  const others = await fill();
  const refused = await signIn(newBrowser('203.0.113.1'), { username: 'grace', password: 'right' });
  expect(refused).toMatchObject({
    status: 503,
    view: { page: 'sign-in', username: 'grace', failure: { kind: 'busy', retryAfter: 7 } },
  });
  expect(refused.headers.get('retry-after')).toBe('7');
  expect(audit.events.at(-1)).toMatchObject({ type: 'sign-in.limited', username: 'grace', reason: 'busy' });
  release();
  const pages = (await Promise.all(others)).map(({ view }) => view.page);
  expect([pages, looked]).toEqual([
    ['consent', 'consent'],
    ['ada', 'ada'],
  ]);
});

test('a sign-in that found the queue full does not count as a wrong password', async () => {
  const { fill, signIn, newBrowser, release } = await slow();
  const others = await fill();
  const person = newBrowser('203.0.113.1');
  for (let i = 0; i < 12; i += 1) expect((await signIn(person)).status).toBe(503);
  release();
  await Promise.all(others);
  expect((await signIn(person)).view.page).toBe('consent');
});

test('the queue learns of each attempt which network it comes from and whether its browser is known', async () => {
  const { signIn, newBrowser, release, places } = await slow();
  release();
  const person = newBrowser('2001:db8:1:2::77');
  await signIn(person);
  await signIn(person, { username: 'grace', password: 'right' });
  await signIn(person, { username: 'grace', password: 'wrong' });
  expect(places.map(({ isKnown }) => isKnown)).toEqual([false, false, true]);
  expect(new Set(places.map(({ network }) => network)).size).toBe(1);
});

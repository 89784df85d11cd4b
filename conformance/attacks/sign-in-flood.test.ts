/**
 * A flood of sign-ins: very many wrong passwords from many networks at once, so that people wait behind all the slow
 * password hashes.
 *
 * @see {@link https://cheatsheetseries.owasp.org/cheatsheets/Denial_of_Service_Cheat_Sheet.html OWASP, Denial of Service}
 * @see {@link https://www.rfc-editor.org/rfc/rfc6819#section-4.3.3 RFC 6819 §4.3.3}
 *
 * Taken out: packages/server/src/sign-in/passwords.ts: `network: sourceOf(info.ip).network` → `network: ''`
 * Then fails: lets a person in a separate network wait for one password of each other network
 * Taken out: packages/server/src/sign-in/passwords.ts: `isKnown: device !== undefined` → `isKnown: false`
 * Then fails: lets a known browser wait for none of them
 * Taken out: packages/server/src/sign-in/sign-in-queue.ts: `signal.addEventListener('abort', leave);` → ``
 * Then fails: does not check passwords of disconnected clients
 * Taken out: packages/server/src/sign-in/passwords.ts: `queue = createSignInQueue() }` → `queue = createSignInQueue({ length: 1e9 }) }`
 * Then fails: responds 503 with Retry-After when the queue is full
 */
import { type Authenticate, passwords } from '@vestibule/server';
import { type Browser, filledIn, type Form, formOf, newBrowser } from '@vestibule/testing/browser';
import { once } from 'node:events';
import { beforeEach, expect, test } from 'vitest';
import { ADA, HOSTED } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { newClient } from './support/client.ts';

const NETWORKS = 40;
const STRANGERS = 400;
/** The default length of the queue, and the number of passwords that are checked at once. */
const WAITING = 256;
const AT_ONCE = 2;

/** The usernames whose passwords were checked, in order; the signals of their requests; what each check waits for. */
let checked: string[] = [];
let signals: AbortSignal[] = [];
let gate: Promise<void> = Promise.resolve();

/** Checks passwords as slowly as a test wants. */
const authenticate: Authenticate = async ({ username, password }, signal) => {
  checked.push(username);
  signals.push(signal);
  await gate;
  const isAda = username === ADA.username && password === ADA.password;
  return isAda ? { person: { subject: 'ada', name: ADA.name }, methods: ['pwd'] } : undefined;
};

/** Lets no check end until the returned function is called. */
function closeGate(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  return resolve;
}

// Browsers are known only if the issuer is not a loopback one.
const app = attackedApp(undefined, { trustProxy: 1, issuer: HOSTED, signIn: passwords({ authenticate }) });
let wave = 0;

beforeEach(() => {
  checked = [];
});

/** The sign-in form in a browser, which can be posted from any network. */
async function formIn(
  browser: Browser,
): Promise<(ip: string, person: object, signal?: AbortSignal) => Promise<Response>> {
  const client = await newClient(app());
  const form: Form = formOf(await browser.open(client.url({ prompt: 'login' })));
  const cookie = await browser.jar.getCookieString(form.action.href);
  return (ip, person, signal?: AbortSignal) =>
    fetch(form.action, {
      method: 'POST',
      headers: { cookie, 'x-forwarded-for': ip },
      body: filledIn(form, { ...person }),
      redirect: 'manual',
      ...(signal !== undefined && { signal }),
    });
}

/** Concurrent sign-ins of strangers, until the queue is full and all that found no place have their response. */
async function flood(signal?: AbortSignal) {
  wave += 1;
  const post = await formIn(newBrowser());
  checked = [];
  signals = [];
  const openGate = closeGate();
  const busy: Response[] = [];
  const turnedAway = Promise.withResolvers<void>();
  const displaced = Promise.withResolvers<void>();
  const all = Array.from({ length: STRANGERS }, async (_, index) => {
    const name = { username: `nobody ${wave} ${index}`, password: 'guess' };
    const response = await post(`10.${wave}.${index % NETWORKS}.1`, name, signal);
    if (response.status === 503) busy.push(response);
    if (busy.length === STRANGERS - WAITING - AT_ONCE) turnedAway.resolve();
    if (busy.length > STRANGERS - WAITING - AT_ONCE) displaced.resolve();
  });
  const ended = Promise.allSettled(all);
  await turnedAway.promise;
  return { busy, ended, openGate, displaced: displaced.promise };
}

/** How many checks of other passwords began before that of the person, who comes when the queue is full. */
async function checkedBefore(post: (ip: string, person: object) => Promise<Response>): Promise<number> {
  const { ended, openGate, displaced } = await flood();
  const responding = post('203.0.113.7', { username: ADA.username, password: ADA.password });
  // The person has a place in the queue as soon as a stranger lost theirs.
  await Promise.race([displaced, responding]);
  openGate();
  expect((await responding).status).toBe(303);
  await ended;
  return checked.indexOf(ADA.username);
}

test('lets a person in a separate network wait for one password of each other network', async () => {
  const post = await formIn(newBrowser());
  expect(await checkedBefore(post)).toBeLessThanOrEqual(NETWORKS + AT_ONCE);
});

test('lets a known browser wait for none of them', async () => {
  const browser = newBrowser();
  const client = await newClient(app());
  await browser.signIn(await browser.open(client.url()));
  const post = await formIn(browser);
  expect(await checkedBefore(post)).toBe(AT_ONCE);
});

test('responds 503 with Retry-After when the queue is full', async () => {
  const { busy, ended, openGate } = await flood();
  openGate();
  await ended;
  expect(busy).toHaveLength(STRANGERS - WAITING - AT_ONCE);
  expect(busy.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
});

test('does not check passwords of disconnected clients', async () => {
  const post = await formIn(newBrowser());
  const hangingUp = new AbortController();
  const { ended, openGate } = await flood(hangingUp.signal);
  const noticed = signals.map((signal) => once(signal, 'abort'));
  hangingUp.abort();
  await Promise.all([ended, ...noticed]);
  // The server handles a new connection after the end of the older ones.
  await formIn(newBrowser());
  // From one of the flooding networks, whose turn comes after its other attempts.
  const responding = post(`10.${wave}.0.1`, { username: ADA.username, password: ADA.password });
  openGate();
  expect((await responding).status).toBe(303);
  expect(checked.filter((username) => username !== ADA.username).length).toBe(AT_ONCE);
});

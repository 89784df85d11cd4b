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
 * Taken out: packages/server/src/sign-in/passwords.ts: `createSignInQueue()` → `createSignInQueue({ length: 1e9 })`
 * Then fails: responds 503 with Retry-After when the queue is full
 */
import { expect, test } from 'vitest';
import { ADA, HOSTED } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { type Browser, filledIn, type Form, formOf, newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const NETWORKS = 40;
const STRANGERS = 400;
/** The default length of the queue, and the number of passwords that are checked at once. */
const WAITING = 256;
const AT_ONCE = 2;

// Browsers are known only if the issuer is not a loopback one.
const app = attackedApp(undefined, { trustProxy: 1, issuer: HOSTED });
let wave = 0;

interface Answer {
  readonly from: 'stranger' | 'person';
  readonly status: number;
  readonly retryAfter: string | null;
}

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

/** Concurrent sign-ins. The responses are in the order of their arrival. */
async function flood(signal?: AbortSignal) {
  wave += 1;
  const post = await formIn(newBrowser());
  const answers: Answer[] = [];
  let isFull = (): void => undefined;
  const full = new Promise<void>((resolve) => void (isFull = resolve));
  const all = Array.from({ length: STRANGERS }, async (_, index) => {
    const name = { username: `nobody ${wave} ${index}`, password: 'guess' };
    const response = await post(`10.${wave}.${index % NETWORKS}.1`, name, signal);
    if (response.status === 503) isFull();
    answers.push({
      from: 'stranger',
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
    });
  });
  const ended = Promise.allSettled(all);
  await Promise.race([full, ended]);
  return { answers, ended };
}

/** How many other passwords were checked before the person had a response, counted from their request. */
async function lookedAtBefore(post: (ip: string, person: object) => Promise<Response>): Promise<number> {
  const { answers, ended } = await flood();
  const before = answers.length;
  const response = await post('203.0.113.7', { username: ADA.username, password: ADA.password });
  const lookedAt = answers.slice(before).filter(({ status }) => status === 403).length;
  await ended;
  expect(response.status).toBe(303);
  return lookedAt;
}

test('lets a person in a separate network wait for one password of each other network', async () => {
  const post = await formIn(newBrowser());
  expect(await lookedAtBefore(post)).toBeLessThanOrEqual(NETWORKS + 10 * AT_ONCE);
});

test('lets a known browser wait for none of them', async () => {
  const browser = newBrowser();
  const client = await newClient(app());
  await browser.signIn(await browser.open(client.url()));
  const post = await formIn(browser);
  expect(await lookedAtBefore(post)).toBeLessThanOrEqual(10 * AT_ONCE);
});

test('responds 503 with Retry-After when the queue is full', async () => {
  const { answers, ended } = await flood();
  await ended;
  const busy = answers.filter(({ status }) => status === 503);
  expect(busy.length).toBeGreaterThan(0);
  expect(busy.every(({ retryAfter }) => Number(retryAfter) > 0)).toBe(true);
});

test('does not check passwords of disconnected clients', async () => {
  const post = await formIn(newBrowser());
  const hangingUp = new AbortController();
  const { ended } = await flood(hangingUp.signal);
  hangingUp.abort();
  await ended;
  const failed = async (): Promise<number> => {
    const { items } = await app().stores.audit.list(app().realm.id, { limit: 2_000 });
    return items.filter(
      (event) => event.type === 'sign-in.failed' && event.username.startsWith(`nobody ${wave} `),
    ).length;
  };
  // From one of the flooding networks, whose turn comes after its other attempts.
  expect((await post(`10.${wave}.0.1`, { username: ADA.username, password: ADA.password })).status).toBe(303);
  expect(await failed()).toBeLessThan(WAITING / 2);
});

import type { FetchFailure, FetchOutcome, FetchRequest } from '@vestibule/cimd';
import { describe, expect, test } from 'vitest';
import { CALLBACK, realmWith, setUp } from './set-up.ts';

const URI = 'https://app.example/client.json';
const FRESH_FOR = 300;
const STALE_FOR = 86_400;

const UNREACHABLE: FetchFailure = {
  ok: false,
  reason: 'timeout',
  detail: 'The stage of connecting took longer than 3 s.',
  isReached: false,
};
const HANGING: FetchFailure = {
  ok: false,
  reason: 'timeout',
  detail: 'The whole fetch took longer than 5 s.',
  isReached: true,
};
const UNRESOLVED: FetchFailure = {
  ok: false,
  reason: 'timeout',
  detail: 'The stage of resolving the name took longer than 2 s.',
};

/** A realm that is open to documents. Every URL has one, unless the test says what becomes of its fetches. */
function meet() {
  const asked: string[] = [];
  const failures = new Map<string, FetchFailure>();
  const held: (() => void)[] = [];
  let isHeld = false;
  let name = 'Diary';
  async function fetch({ url }: FetchRequest): Promise<FetchOutcome> {
    asked.push(url);
    const failure = failures.get(url);
    const body = { client_id: url, client_name: name, redirect_uris: [CALLBACK] };
    if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
    if (failure !== undefined) return failure;
    const freshness = { noStore: false, noCache: false, mustRevalidate: false };
    return { ok: true, status: 'fetched', body, bytes: 100, freshness };
  }
  const realm = realmWith({}, { metadataDocuments: { open: true, stale: STALE_FOR } });
  const world = setUp(realm, { documentFetch: { fetch } });
  const ask = (clientId = URI) => world.openConsent(world.newBrowser(), world.authorizeUrl(clientId));
  return {
    ...world,
    asked,
    ask,
    /** From now on the fetches of a URL fail, or none does. */
    fail: (failure: FetchFailure | undefined, url = URI) => {
      if (failure === undefined) failures.delete(url);
      else failures.set(url, failure);
    },
    /** From now on no host responds until it is told to. */
    hold: () => {
      isHeld = true;
    },
    release: () => {
      isHeld = false;
      for (const resolve of held.splice(0)) resolve();
    },
    rename: (next: string) => {
      name = next;
    },
    unavailable: () => world.audit.events.filter(({ type }) => type === 'document.unavailable').length,
  };
}

const NAMED = (name: string) => ({ view: { page: 'consent', client: { name } } });
const GONE = { status: 503, view: { problem: 'document-unavailable' } };

describe.each([
  ['cannot be reached', UNREACHABLE],
  ['does not respond', HANGING],
  ['has a name that cannot be resolved', UNRESOLVED],
  ['responds with a bot challenge', { ok: false, reason: 'status', detail: '403', isReached: true } as const],
])('a known app of which the host %s', (_, failure) => {
  test('goes on at once after the first failure, and its document is tried again in the background', async () => {
    const { ask, asked, fail, pass, hold, release, rename, unavailable, errors } = meet();
    await ask();
    fail(failure);
    pass(FRESH_FOR);
    expect(await ask()).toMatchObject(NAMED('Diary'));
    expect(asked).toHaveLength(2);
    hold();
    expect(await ask()).toMatchObject(NAMED('Diary'));
    expect(asked).toHaveLength(2);
    pass(30);
    for (let number = 0; number < 5; number += 1) expect(await ask()).toMatchObject(NAMED('Diary'));
    expect(asked).toHaveLength(3);
    release();
    await expect.poll(unavailable).toBe(2);
    fail(undefined);
    rename('Renamed');
    pass(60);
    expect(await ask()).toMatchObject({ view: { page: 'consent' } });
    await expect.poll(async () => (await ask()).view).toMatchObject({ client: { name: 'Renamed' } });
    expect(asked).toHaveLength(4);
    expect(errors).toEqual([]);
  });

  test('is not used for longer because its document is tried again later', async () => {
    const { ask, fail, pass } = meet();
    await ask();
    fail(failure);
    pass(FRESH_FOR);
    await ask();
    pass(STALE_FOR);
    expect(await ask()).toMatchObject(GONE);
  });
});

test('a person with an unknown app is told at once that its host cannot be reached, and when to come again', async () => {
  const { ask, asked, fail, pass } = meet();
  fail(UNREACHABLE);
  const first = await ask();
  expect(first).toMatchObject(GONE);
  expect(first.headers.get('retry-after')).toBe('30');
  pass(10);
  const again = await ask();
  expect(again).toMatchObject(GONE);
  expect(again.headers.get('retry-after')).toBe('20');
  expect(await ask('https://app.example/other')).toMatchObject(GONE);
  expect(asked).toEqual([URI]);
  pass(20);
  fail(undefined);
  expect(await ask()).toMatchObject(NAMED('Diary'));
  expect(await ask('https://app.example/other')).toMatchObject(NAMED('Diary'));
});

test('a host that cannot be reached many times in a row is tried every five minutes', async () => {
  const { ask, asked, fail, pass } = meet();
  fail(UNREACHABLE);
  for (const rest of [30, 60, 120, 240, 300, 300]) {
    expect((await ask()).headers.get('retry-after')).toBe(String(rest));
    pass(rest);
  }
  expect(asked).toHaveLength(6);
});

test.each([
  ['never responds', HANGING],
  ['closes the connection', { ok: false, reason: 'connection', detail: 'closed', isReached: true } as const],
  ['cannot be resolved at the moment', UNRESOLVED],
])('a URL that %s does not keep other documents of its host from being fetched', async (_, failure) => {
  const { ask, fail, asked } = meet();
  const strangers = 'https://app.example/hang';
  fail(failure, strangers);
  for (let number = 0; number < 3; number += 1) expect(await ask(strangers)).toMatchObject(GONE);
  expect(await ask()).toMatchObject(NAMED('Diary'));
  expect(asked).toEqual([strangers, strangers, strangers, URI]);
});

test('another port of a host that cannot be reached is fetched', async () => {
  const { ask, fail } = meet();
  const strangers = 'https://app.example:8443/client.json';
  fail(UNREACHABLE, strangers);
  expect(await ask(strangers)).toMatchObject(GONE);
  expect(await ask()).toMatchObject(NAMED('Diary'));
});

test('a refresh of a token does not have a document fetched that failed a short time ago', async () => {
  const { asked, ask, exchange, obtainCode, refresh, fail, pass } = meet();
  const { body } = await exchange(URI, await obtainCode(URI));
  fail(UNREACHABLE);
  pass(FRESH_FOR);
  await ask();
  const refreshed = await refresh(URI, String(body.refresh_token));
  expect(refreshed).toMatchObject({ status: 200 });
  expect(asked).toHaveLength(2);
  pass(30);
  expect(await refresh(URI, String(refreshed.body.refresh_token))).toMatchObject({ status: 200 });
  await expect.poll(() => asked).toHaveLength(3);
});

import type { FetchFailure, FetchOutcome, FetchRequest } from '@vestibule/cimd';
import type { DocumentSnapshot, PartialRealmSettings } from '@vestibule/core/realm';
import { describe, expect, test } from 'vitest';
import { ADA, CALLBACK, ISSUER, NOW, realmWith, setUp } from './set-up.ts';

const URI = 'https://app.example/client.json';
/** How long a snapshot is used before the document is fetched again, in seconds. */
const AGAIN_AFTER = 300;
const STALE = 86_400;

const DOCUMENT = {
  client_id: URI,
  client_name: 'Pinned',
  redirect_uris: [CALLBACK],
  grant_types: ['authorization_code', 'refresh_token'],
};

const CHALLENGE: FetchFailure = {
  ok: false,
  reason: 'status',
  detail: 'The status is 403.',
  isReached: true,
};
const UNREACHABLE: FetchFailure = { ok: false, reason: 'timeout', detail: 'It was slow.', isReached: false };

type Settings = NonNullable<PartialRealmSettings['metadataDocuments']>;

/** A realm with a snapshot, and a host that does not give out the document at first. */
function meet(settings: Settings = {}) {
  const asked: string[] = [];
  let outcome: FetchOutcome = CHALLENGE;
  const fetch = async ({ url }: FetchRequest): Promise<FetchOutcome> => {
    asked.push(url);
    return outcome;
  };
  const realmOf = (chosen: Settings) =>
    realmWith(
      {},
      { metadataDocuments: { open: true, stale: STALE, snapshots: [{ document: DOCUMENT }], ...chosen } },
    );
  const world = setUp(realmOf(settings), { documentFetch: { fetch } });
  const ask = (clientId = URI) => world.openConsent(world.newBrowser(), world.authorizeUrl(clientId));
  return {
    ...world,
    asked,
    ask,
    change: (next: Settings) => world.change(realmOf(next)),
    /** From now on every fetch has this outcome. */
    respond: (next: FetchOutcome) => {
      outcome = next;
    },
    stored: async () => (await world.clients.find('main', URI)) ?? {},
    events: (type: string) => world.audit.events.filter((event) => event.type === type),
  };
}

const published = (members: object = {}): FetchOutcome => ({
  ok: true,
  status: 'fetched',
  body: { ...DOCUMENT, client_name: 'Published', ...members },
  bytes: 100,
  freshness: { noStore: false, noCache: false, mustRevalidate: false },
});

const snapshot = (name: string, takenAt?: number): DocumentSnapshot => ({
  document: { ...DOCUMENT, client_name: name },
  ...(takenAt !== undefined && { takenAt }),
});

const SHOWN = (name: string) => ({ view: { page: 'consent', client: { name } } });
const UNAVAILABLE = { status: 503, view: { problem: 'document-unavailable' } };

test('an app whose host does not give out its document is known by the snapshot', async () => {
  const { ask, stored, audit, exchange, obtainCode, refresh } = meet();
  expect(await ask()).toMatchObject({
    view: { client: { name: 'Pinned', documentHost: 'app.example', verifiedBy: 'app.example' } },
  });
  expect(await stored()).toMatchObject({
    kind: 'metadata-document',
    document: { uri: URI, isSnapshot: true, fetchedAt: NOW, expiresAt: NOW + AGAIN_AFTER * 1_000 },
  });
  expect(audit.events.filter(({ type }) => type.startsWith('document.'))).toMatchObject([
    { type: 'document.accepted', clientId: URI, isSnapshot: true },
    { type: 'document.unavailable', reason: 'status', isSnapshotUsed: true },
  ]);
  const { body } = await exchange(URI, await obtainCode(URI));
  expect(await refresh(URI, String(body.refresh_token))).toMatchObject({ status: 200 });
});

test.each<[string, FetchFailure]>([
  ['cannot be reached', UNREACHABLE],
  ['has an address that is not public', { ok: false, reason: 'address', detail: 'private' }],
  ['cannot be resolved', { ok: false, reason: 'resolution', detail: 'unknown' }],
  ['redirects', { ok: false, reason: 'redirect', detail: '302', isReached: true }],
  ['responds with a page', { ok: false, reason: 'content-type', detail: 'text/html', isReached: true }],
])('a snapshot is used if the host %s', async (_, failure) => {
  const { ask, respond } = meet();
  respond(failure);
  expect(await ask()).toMatchObject(SHOWN('Pinned'));
  expect(await ask()).toMatchObject(SHOWN('Pinned'));
});

test('an app is used as its snapshot says for as long as the operator keeps it', async () => {
  const { ask, exchange, obtainCode, refresh, pass, asked } = meet();
  let { body } = await exchange(URI, await obtainCode(URI));
  for (let day = 0; day < 10; day += 1) {
    pass(STALE / 2 + AGAIN_AFTER);
    expect(await ask()).toMatchObject(SHOWN('Pinned'));
    const refreshed = await refresh(URI, String(body.refresh_token));
    expect(refreshed.status).toBe(200);
    ({ body } = refreshed);
  }
  expect(asked.length).toBeGreaterThan(9);
});

test('the document of the host takes precedence as soon as it can be fetched', async () => {
  const { ask, respond, pass, stored, events } = meet();
  await ask();
  respond(published());
  pass(AGAIN_AFTER);
  await ask();
  await expect.poll(stored).toMatchObject({ name: 'Published' });
  expect(await stored()).not.toHaveProperty('document.isSnapshot');
  expect(await ask()).toMatchObject(SHOWN('Published'));
  const [changed] = events('document.changed');
  expect(changed).toMatchObject({ changed: ['name'] });
  expect(changed).not.toHaveProperty('isSnapshot');
});

test('a document of the host that is not acceptable is refused, although there is a snapshot', async () => {
  const { ask, respond } = meet();
  respond(published({ client_secret: 's' }));
  expect(await ask()).toMatchObject({ status: 403, view: { problem: 'document-refused' } });
});

describe('a snapshot is not used', () => {
  test.each<[string, Settings]>([
    ['its host is refused', { refusedHosts: ['app.example'] }],
    ['its host is not one of those that are allowed', { allowedHosts: ['other.example'] }],
    ['its document is refused', { refusedDocuments: [URI] }],
  ])('if %s', async (_, settings) => {
    const { ask, asked } = meet(settings);
    expect(await ask()).toMatchObject({ status: 403, view: { problem: 'document-refused' } });
    expect(asked).toEqual([]);
  });

  test('if it is at the server itself', async () => {
    const own = `${ISSUER}/client.json`;
    const { ask } = meet({ snapshots: [{ document: { ...DOCUMENT, client_id: own } }] });
    expect(await ask(own)).toMatchObject({ view: { problem: 'document-refused' } });
  });

  test('if it is at another realm of the server', async () => {
    const other = 'https://other.example/client.json';
    const { ask, asked, realms } = meet({ snapshots: [{ document: { ...DOCUMENT, client_id: other } }] });
    const realm = { ...realmWith(), id: 'other', issuer: 'https://other.example' };
    await realms.insert(realm);
    expect(await ask(other)).toMatchObject({ view: { problem: 'document-refused' } });
    expect(asked).toEqual([]);
  });

  test('if the realm is closed to documents', async () => {
    const { ask } = meet({ open: false });
    expect(await ask()).toMatchObject({ view: { problem: 'client-unknown' } });
  });

  test('if it is of another URL', async () => {
    const { ask } = meet();
    expect(await ask(`${URI}?a`)).toMatchObject(UNAVAILABLE);
  });

  test('for a blocked app', async () => {
    const { ask, operator, pass } = meet();
    await ask();
    await operator.clients.block(ADA, 'main', URI);
    pass(AGAIN_AFTER);
    expect(await ask()).toMatchObject({ view: { problem: 'client-blocked' } });
  });

  test('if the policy refuses it, which is recorded', async () => {
    const { ask, events } = meet({
      snapshots: [{ document: { ...DOCUMENT, redirect_uris: ['http://app.example/cb'] } }],
    });
    expect(await ask()).toMatchObject(UNAVAILABLE);
    expect(events('document.refused')).toMatchObject([{ rule: 'redirect-uris.http-host', isSnapshot: true }]);
    expect(events('document.unavailable')[0]).not.toHaveProperty('isSnapshotUsed');
  });
});

test('an app whose snapshot was removed is used as a stale copy is, and no longer', async () => {
  const { ask, change, pass, events } = meet();
  await ask();
  await change({ snapshots: [] });
  pass(AGAIN_AFTER);
  expect(await ask()).toMatchObject(SHOWN('Pinned'));
  expect(events('document.unavailable').at(-1)).toMatchObject({ isStaleUsed: true });
  pass(STALE);
  expect(await ask()).toMatchObject(UNAVAILABLE);
});

test('a snapshot that was changed is used when the document cannot be fetched again', async () => {
  const { ask, change, pass, stored } = meet();
  await ask();
  await change({ snapshots: [snapshot('Pinned again')] });
  pass(AGAIN_AFTER);
  await ask();
  await expect.poll(stored).toMatchObject({ name: 'Pinned again' });
});

describe('what was fetched before', () => {
  test.each<[string, DocumentSnapshot, string]>([
    ['is used first, for a snapshot without a time', snapshot('Pinned'), 'Published'],
    ['is used first, for a snapshot that is older', snapshot('Pinned', NOW - 1), 'Published'],
    ['is replaced by a snapshot that is newer', snapshot('Pinned', NOW + 1), 'Pinned'],
  ])('%s', async (_, pinned, name) => {
    const { ask, respond, pass, stored } = meet({ snapshots: [pinned] });
    respond(published());
    await ask();
    respond(CHALLENGE);
    pass(AGAIN_AFTER);
    expect(await ask()).toMatchObject(SHOWN(name));
    pass(STALE);
    expect(await ask()).toMatchObject(SHOWN('Pinned'));
    expect(await stored()).toMatchObject({ document: { isSnapshot: true } });
  });
});

describe('what was fetched before is replaced at once by a snapshot that is newer', () => {
  test('if too many documents were fetched', async () => {
    const { ask, respond, pass } = meet({ snapshots: [snapshot('Pinned', NOW + 1)] });
    respond(published());
    await ask();
    pass(AGAIN_AFTER);
    for (let number = 0; number < 10; number += 1) await ask(`https://h${number}.example/c`);
    expect(await ask()).toMatchObject(SHOWN('Pinned'));
  });

  test('if the last fetch has failed', async () => {
    const { ask, respond, pass, change } = meet({ snapshots: [] });
    respond(published());
    await ask();
    respond(CHALLENGE);
    pass(AGAIN_AFTER);
    expect(await ask()).toMatchObject(SHOWN('Published'));
    await change({ snapshots: [snapshot('Pinned', NOW + 1)] });
    expect(await ask()).toMatchObject(SHOWN('Pinned'));
  });
});

test('a snapshot uses no limit of unknown documents, and neither does its document', async () => {
  const none = { perAddressPerHour: 0, perHostPerDay: 0, perRealmPerDay: 0, clients: 0 };
  const { ask, stored, change, respond, clients } = meet({ limits: none });
  expect(await ask()).toMatchObject(SHOWN('Pinned'));
  expect(await stored()).toMatchObject({ name: 'Pinned' });
  await clients.remove('main', URI);
  respond(published());
  await change({ limits: none });
  expect(await ask()).toMatchObject(SHOWN('Published'));
  expect(await ask(`${URI}?a`)).not.toMatchObject({ view: { page: 'consent' } });
});

test('a snapshot is used if too many documents were fetched', async () => {
  const { ask } = meet();
  for (let number = 0; number < 10; number += 1) await ask(`https://h${number}.example/c`);
  expect(await ask('https://h11.example/c')).toMatchObject({ view: { problem: 'too-many' } });
  expect(await ask()).toMatchObject(SHOWN('Pinned'));
});

test('a snapshot is used at once if its host could not be reached a short time ago', async () => {
  const { ask, asked, respond } = meet();
  respond(UNREACHABLE);
  expect(await ask('https://app.example/other')).toMatchObject(UNAVAILABLE);
  expect(await ask()).toMatchObject(SHOWN('Pinned'));
  expect(asked).toEqual(['https://app.example/other']);
});

test('a snapshot does not replace what another node has fetched meanwhile', async () => {
  const { ask, pass, intercept, clients, stored } = meet();
  await ask();
  pass(AGAIN_AFTER);
  const { fetchedAt, fingerprint } = { fetchedAt: NOW + 1, fingerprint: 'other' };
  const before = await clients.find('main', URI);
  if (before?.kind !== 'metadata-document') throw new Error('The client is unknown.');
  const fetched = {
    ...before,
    name: 'Published',
    document: { uri: URI, fetchedAt, expiresAt: NOW + 9e9, fingerprint },
  };
  intercept({ kind: 'client.replace', before: () => clients.replace(fetched, before.version) });
  await ask();
  await expect.poll(stored).toMatchObject({ name: 'Published' });
  expect(await ask()).toMatchObject(SHOWN('Published'));
});

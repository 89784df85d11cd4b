/**
 * A stranger who registers with what a well-known app says of itself, so that the consent page says that its website has verified the
 * stranger's client: with a redirect URI of their own, a name of their own, or a document of their own. And one who registers many such
 * clients, so that the server sends their requests to a website.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-5 RFC 7591 §5, registered metadata are claims}
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-9 CIMD §9}
 *
 * Taken out: packages/cimd/src/judge-verifier.ts: `if (!hasEach(verifier.redirectUris, registered.redirectUris)) return` → `if (false) return`
 * Then fails: says unverified about a client that has another redirect URI as well
 * Taken out: packages/cimd/src/judge-verifier.ts: `return namesOf(registered).every((name) => names.includes(name)) ? undefined : 'name';` → `return undefined;`
 * Then fails: says unverified about a client with a name that the website did not choose
 * Taken out: packages/cimd/src/verifying-documents.ts: `return judged.ok && judged.url.host === host;` → `return judged.ok;`
 * Then fails: does not read a document of another website than the one that gets the response
 * Taken out: packages/cimd/src/verifying-documents.ts: `if (clientUri !== undefined && URL.parse(clientUri)?.host !== host) return [];` → ``
 * Then fails: says unverified about a client that says it is of another website
 * Taken out: packages/cimd/src/verify-registrations.ts: `uses: 6,` → `uses: 1_000_000,`
 * Then fails: fetches a few documents a minute from a website that registered clients name
 * Taken out: packages/cimd/src/recent-failures.ts: `return known.obtained;` → `void known;`
 * Then fails: does not try a document again and again because many clients name it
 */
import { authorizeUrl, register } from '@vestibule/testing/oauth';
import { expect, test } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { startVerifyingApp } from './support/verifying-app.ts';

const THEIRS = 'https://app.example/client.json';
const CALLBACK = 'https://app.example/cb';
const DOCUMENT = { client_name: 'Diary', redirect_uris: [CALLBACK, 'http://127.0.0.1/cb'] };

/** What the app would register with. */
const REGISTRATION = {
  client_name: 'Diary',
  client_uri: 'https://app.example/',
  software_id: THEIRS,
  redirect_uris: [CALLBACK],
};

const MINE = 'https://attacker.example/cb';

test('says unverified about a client that has another redirect URI as well', async () => {
  const { consentTo } = await startVerifyingApp({ [THEIRS]: DOCUMENT });
  const metadata = { ...REGISTRATION, redirect_uris: [CALLBACK, MINE] };
  for (const redirectUri of [CALLBACK, MINE]) {
    expect(await consentTo(metadata, redirectUri)).toContain('“Diary” [unverified]');
  }
  expect(await consentTo(REGISTRATION, CALLBACK)).toContain('“Diary” [verified by app.example]');
});

test('says unverified about a program on this computer, which can register with the same', async () => {
  const { consentTo, fetched } = await startVerifyingApp({ [THEIRS]: DOCUMENT });
  const metadata = { ...REGISTRATION, redirect_uris: ['http://127.0.0.1:4711/cb'] };
  const text = await consentTo(metadata, 'http://127.0.0.1:4711/cb');
  expect(text).toContain('“Diary” [unverified]');
  expect(text).not.toContain('app.example');
  expect(fetched).toEqual([]);
});

test.each<[string, Record<string, string>]>([
  ['in the main language', { client_name: 'Bank of Ada' }],
  ['in one language', { 'client_name#de': 'Bank of Ada' }],
])('says unverified about a client with a name that the website did not choose: %s', async (_, names) => {
  const { consentTo } = await startVerifyingApp({ [THEIRS]: DOCUMENT });
  expect(await consentTo({ ...REGISTRATION, ...names }, CALLBACK)).toContain('[unverified]');
});

test('does not read a document of another website than the one that gets the response', async () => {
  const mine = 'https://attacker.example/client.json';
  const { consentTo, fetched } = await startVerifyingApp({ [mine]: DOCUMENT });
  const { client_uri: _, ...others } = REGISTRATION;
  for (const metadata of [REGISTRATION, others]) {
    const text = await consentTo({ ...metadata, software_id: mine }, CALLBACK);
    expect(text).toContain('“Diary” [unverified]');
    expect(text).not.toContain('attacker.example');
  }
  expect(fetched).toEqual([]);
});

test('says unverified about a client that says it is of another website', async () => {
  const { consentTo } = await startVerifyingApp({ [THEIRS]: DOCUMENT });
  const text = await consentTo({ ...REGISTRATION, client_uri: 'https://bank.example/' }, CALLBACK);
  expect(text).toContain('“Diary” [unverified]');
});

/** Registers a client from an organization of its own, and opens its authorization request. */
async function come(app: TestApp, number: number, softwareId: string): Promise<void> {
  const { body } = await register(app, {
    ...REGISTRATION,
    client_name: `Diary ${number}`,
    software_id: softwareId,
  });
  const headers = { 'x-forwarded-for': `198.51.${number}.1` };
  const url = authorizeUrl(app, body.client_id, { redirect_uri: CALLBACK });
  expect((await fetch(url, { headers, redirect: 'manual' })).status).toBe(303);
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number);

test('fetches a few documents a minute from a website that registered clients name', async () => {
  const now = Date.now();
  const { app, fetched } = await startVerifyingApp({}, () => now);
  for (const number of numbers(2)) {
    await register(app, { ...REGISTRATION, software_id: `${THEIRS}?unused=${number}` });
  }
  expect(fetched).toEqual([]);
  for (const number of numbers(10)) await come(app, number, `${THEIRS}?${number}`);
  expect(fetched).toHaveLength(6);
});

test('does not try a document again and again because many clients name it', async () => {
  const now = Date.now();
  const { app, fetched } = await startVerifyingApp({}, () => now);
  for (const number of numbers(5)) await come(app, number, THEIRS);
  expect(fetched).toEqual([THEIRS]);
});

/**
 * A stranger who has a host count as unreachable for others: with a URL of the host that never responds, or whose connection the host
 * closes. A host that cannot be reached is not tried again for a while, and its apps are refused meanwhile.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/645.html CWE-645}
 *
 * Taken out: packages/cimd/src/failed-fetches.ts: `if (outcome.isReached === false) hosts.failed(host);` → `hosts.failed(host);`
 * Then fails: fetches the documents of a host although other URLs of it fail
 */
import type { FetchFailure } from '@vestibule/cimd';
import { authorizeUrl } from '@vestibule/testing/oauth';
import { expect, test } from 'vitest';
import { CALLBACK } from './support/client.ts';
import { startDocumentApp } from './support/document-app.ts';

test.each<[string, FetchFailure]>([
  ['never respond', { ok: false, reason: 'timeout', detail: 'It took too long.', isReached: true }],
  ['close the connection', { ok: false, reason: 'connection', detail: 'It was closed.', isReached: true }],
  ['are not resolved in time', { ok: false, reason: 'timeout', detail: 'The name took too long.' }],
])('fetches the documents of a host although other URLs of it fail: they %s', async (_, failure) => {
  const { app } = await startDocumentApp(
    {},
    { failing: (url) => (url.includes('hang') ? failure : undefined) },
  );
  const come = async (clientId: string): Promise<number> =>
    (await fetch(authorizeUrl(app, clientId, { redirect_uri: CALLBACK }), { redirect: 'manual' })).status;
  expect(await come('https://agent.example/hang/1')).toBe(503);
  expect(await come('https://agent.example/hang/2')).toBe(503);
  expect(await come('https://agent.example/client.json')).toBe(303);
});

/**
 * A document at a host of the attacker that bears the name of a known vendor: the person reads a name that they trust. Where a client
 * registers, loopback redirect URIs alone allow such a name, because a program of the vendor cannot prove more.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/451.html CWE-451}
 * @see {@link https://datatracker.ietf.org/doc/html/draft-ietf-oauth-client-id-metadata-document-03#section-9.4 CIMD §9.4}
 *
 * Taken out: packages/core/src/policy/rules/vendor-name.ts: `(elsewhere.length === 0 && documentHost === undefined)` → `elsewhere.length === 0`
 * Taken out: packages/core/src/policy/rules/vendor-name.ts: `isHostOf(documentHost, vendor)` → `true`
 * Taken out: packages/cimd/src/judge-document.ts: `documentHost: URL.parse(clientId)?.host,` → ``
 * Then fails: refuses a document at a stranger’s host with the name of a vendor
 *
 * Taken out: packages/core/src/policy/rules/vendor-name.ts: `    elsewhere.every((uri) => isTheirs(uri, vendor)) &&` → ``
 * Then fails: refuses a document that has responses sent to others than the vendor
 */
import { authorizeUrl } from '@vestibule/testing/oauth';
import { expect, test } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { CALLBACK } from './support/client.ts';
import { startDocumentApp } from './support/document-app.ts';

const VENDORS = 'https://claude.ai/oauth/claude-code-client-metadata';
const STRANGERS = 'https://evil.example/client.json';

const come = async (app: TestApp, clientId: string, redirectUri = CALLBACK): Promise<number> =>
  (await fetch(authorizeUrl(app, clientId, { redirect_uri: redirectUri }), { redirect: 'manual' })).status;

test('refuses a document at a stranger’s host with the name of a vendor', async () => {
  const { app } = await startDocumentApp({}, { describe: () => ({ client_name: 'Claude Code' }) });
  expect(await come(app, STRANGERS)).toBe(403);
  expect(await app.stores.clients.find(app.realm.id, STRANGERS)).toBeUndefined();
  expect(await come(app, VENDORS)).toBe(303);
});

test('refuses a document that has responses sent to others than the vendor', async () => {
  const uri = 'https://evil.example/cb';
  const { app } = await startDocumentApp(
    {},
    { describe: () => ({ client_name: 'Claude', redirect_uris: [uri, CALLBACK] }) },
  );
  expect(await come(app, VENDORS, uri)).toBe(403);
  expect(await come(app, STRANGERS, uri)).toBe(403);
});

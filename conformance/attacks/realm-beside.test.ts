/**
 * A client of one realm that impersonates another realm of the same server: its redirect URI is an endpoint of that realm,
 * or its name is that realm's name or host.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.1 RFC 9700 §4.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-5 RFC 7591 §5}
 *
 * Taken out: packages/core/src/policy/rules/redirect-uris.ts: `, ...neighbours.map((other) => other.issuer)]` → `, ...neighbours.flatMap(() => [])]`
 * Then fails: refuses a redirect URI at another realm of the server
 * Taken out: packages/core/src/policy/rules/own-name.ts: `, ...neighbours.map((other) => other.own)]` → `, ...neighbours.flatMap(() => [])]`
 * Then fails: refuses the name and the host of another realm of the server
 */
import { describe, expect, test } from 'vitest';
import { register } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { CALLBACK } from './support/client.ts';

const app = attackedApp();

/** Another realm of the same database, served by this process or another. */
async function addRealm(): Promise<void> {
  const [main] = await app().stores.realms.list();
  if (main === undefined) throw new Error('There is no realm.');
  const api = { id: 'notes', name: 'Ledger', resource: 'https://api.zylo.example/mcp', scopes: [] };
  await app().stores.realms.insert({
    ...main,
    id: 'zylo',
    name: 'Zylophon Works',
    issuer: 'https://id.zylo.example/realm',
    apis: [{ ...api, openToDynamicClients: true }],
  });
}

describe('refuses a redirect URI at another realm of the server', () => {
  test.each([
    'https://id.zylo.example/realm/connect/authorize',
    'https://id.zylo.example/cb',
    'https://id.zylo.example:8443/cb',
    'https://ID.zylo.example./cb',
  ])('%s', async (uri) => {
    await addRealm();
    const { status, body } = await register(app(), { redirect_uris: [CALLBACK, uri] });
    expect([status, body.error]).toEqual([400, 'invalid_redirect_uri']);
  });

  test('accepts another host', async () => {
    await addRealm();
    const { status } = await register(app(), { redirect_uris: ['https://app.zylo.example/cb'] });
    expect(status).toBe(201);
  });
});

describe('refuses the name and the host of another realm of the server', () => {
  test.each(['Zylophon Works', 'ZYLOPHON WORKS login', 'Zylоphon Works', 'id.zylo.example'])(
    '%s',
    async (client_name) => {
      await addRealm();
      const { status, body } = await register(app(), { redirect_uris: [CALLBACK], client_name });
      expect([status, body.error]).toEqual([400, 'invalid_client_metadata']);
      expect(body.error_description).not.toMatch(/zylo/i);
    },
  );

  test.each<[string, string]>([
    ['Ledger', CALLBACK],
    ['Zylophon Works Companion by Ada', CALLBACK],
    ['Zylophon Works', 'https://api.zylo.example/cb'],
  ])('stores %s of a client at %s', async (client_name, uri) => {
    await addRealm();
    const { status, body } = await register(app(), { redirect_uris: [uri], client_name });
    expect([status, body.client_name]).toEqual([201, client_name]);
  });
});

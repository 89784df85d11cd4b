/**
 * A host as a name: a client gets the name of a vendor's host because one of its redirect URIs leads there, while the code
 * goes to another; or the name of a host that is so long that it pushes the page's own words out of sight.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-5 RFC 7591 §5}
 *
 * Taken out: packages/core/src/policy/sole-host.ts: `if (sole !== undefined && sole !== uri.host) return undefined;` → ``
 * Then fails: refuses a vendor’s host as the name of a client that also leads elsewhere
 * Taken out: packages/core/src/policy/rules/client-name.ts: `&& cleanName(host) === host` → ``
 * Then fails: does not use a host that is longer than a name as the name
 * Taken out: packages/core/src/redirect-uri/host-length.ts: `name.length <= MAX_HOST_LENGTH &&` → ``
 * Then fails: refuses a host that is longer than any host
 */
import { describe, expect, test } from 'vitest';
import { register } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const app = attackedApp();

const VENDOR = 'https://claude.ai/api/mcp/auth_callback';

describe('refuses a vendor’s host as the name of a client that also leads elsewhere', () => {
  test.each([
    ['another host', [VENDOR, 'https://evil.example/cb']],
    ['another host, first', ['https://evil.example/cb', VENDOR]],
    ['another port', [VENDOR, 'https://claude.ai:8443/cb']],
    ['an app', [VENDOR, 'evil-app:/cb']],
  ])('%s', async (_, redirect_uris) => {
    const named = await register(app(), { redirect_uris, client_name: 'claude.ai' });
    expect([named.status, named.body.error]).toEqual([400, 'invalid_client_metadata']);
    const unnamed = await register(app(), { redirect_uris });
    expect([unnamed.status, unnamed.body.client_name]).toEqual([201, 'Unnamed application']);
  });

  test('allows the name to the vendor only', async () => {
    const { status, body } = await register(app(), { redirect_uris: [VENDOR, 'http://localhost:1/cb'] });
    expect([status, body.client_name]).toEqual([201, 'claude.ai']);
  });
});

test('does not use a host that is longer than a name as the name', async () => {
  const host = `claude.ai.${'a'.repeat(63)}.evil.example`;
  const client = await newClient(app(), `https://${host}/cb`, { client_name: '\u200B' });
  const browser = newBrowser();
  const consent = await browser.signIn(await browser.open(client.url()));
  expect(consent.page.querySelector('bdi')?.text).toBe('Unnamed application');
});

test('refuses a host that is longer than any host', async () => {
  const host = `${'a.'.repeat(900)}example`;
  const { status, body } = await register(app(), { redirect_uris: [`https://${host}/cb`] });
  expect([status, body.error]).toEqual([400, 'invalid_redirect_uri']);
});

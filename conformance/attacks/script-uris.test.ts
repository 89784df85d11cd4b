/**
 * `javascript:` and similar schemes in everything that contains a URL: at registration, at authorization and on the pages,
 * where it would run as the authorization server.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-5 RFC 7591 §5}
 * @see {@link https://github.com/windmill-labs/windmill/pull/9197 GHSA-q9xg-f2v2-695g}
 *
 * Taken out: packages/core/src/redirect-uri/parse-redirect-uri.ts: `if (isRefusedScheme(scheme)) {` → `if (false) {`
 * Then fails: refuses such a URI
 * Taken out: packages/server/src/authorization/decide-authorization.ts: `!registered || !parsed.ok` → `!registered`
 * Then fails: does not use a URI that was registered before the rule existed
 */
import { describe, expect, test } from 'vitest';
import { register } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { handedBack, newBrowser } from '@vestibule/testing/browser';
import { CALLBACK, newClient } from './support/client.ts';

const app = attackedApp();

const SCRIPTS = [
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  'JAVASCRIPT://app.example/%0aalert(1)',
  'javascript:/alert(1)',
  'javascript://127.0.0.1/cb',
  'javascript:///cb',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  'java\r\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  ' javascript:alert(1)',
  '\u00A0javascript:alert(1)',
  'javascript\t:alert(1)',
  'javascript&colon;alert(1)',
  '&#106;avascript:alert(1)',
  'javascript%3aalert(1)',
  'livescript:/alert(1)',
  'mocha:/alert(1)',
  'vbscript:/msgbox(1)',
  'vbs:/msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'DATA://text/html,x',
  'data:/,x',
  'blob:https://app.example/1',
  'blob:/1',
  'filesystem:https://app.example/temporary/x',
  'view-source:/x',
  'jar:/x!/y',
  'about:/blank',
  'file:///etc/passwd',
  'srcdoc:/x',
  'chrome://settings',
  'resource://x/y',
  'feed:javascript:alert(1)',
  'view-source:javascript:alert(1)',
];

/** Every member of a registration with a URL, and its form. */
const MEMBERS: [string, (uri: string) => object][] = [
  ['redirect_uris', (uri) => ({ redirect_uris: [uri] })],
  ['redirect_uris, after a valid one', (uri) => ({ redirect_uris: [CALLBACK, uri] })],
  ...[
    'client_uri',
    'logo_uri',
    'tos_uri',
    'policy_uri',
    'client_uri#fr',
    'logo_uri#de',
    'tos_uri#ja',
    'policy_uri#fr',
  ].map((name): [string, (uri: string) => object] => [
    name,
    (uri) => ({ redirect_uris: [CALLBACK], [name]: uri }),
  ]),
];

describe.each(MEMBERS)('refuses such a URI as %s', (_, metadata) => {
  test.each(SCRIPTS.map((uri) => [JSON.stringify(uri), uri]))('%s', async (__, uri) => {
    const { status, body } = await register(app(), metadata(uri));
    expect(status).toBe(400);
    expect(body.error).toMatch(/^invalid_(redirect_uri|client_metadata)$/);
  });
});

describe('does not store unknown members', () => {
  const names = [
    'jwks_uri',
    'initiate_login_uri',
    'sector_identifier_uri',
    'post_logout_redirect_uris',
    'request_uris',
  ];
  test.each([...names, 'client_uri_', 'backchannel_logout_uri', 'frontchannel_logout_uri'])(
    '%s',
    async (name) => {
      const { status, body } = await register(app(), {
        redirect_uris: [CALLBACK],
        [name]: 'javascript:alert(1)',
      });
      if (status === 201) expect(JSON.stringify(body)).not.toContain('javascript');
      else expect(status).toBe(400);
    },
  );
});

describe('does not redirect or link to such a URI at authorization', () => {
  test.each(SCRIPTS.map((uri) => [JSON.stringify(uri), uri]))('%s', async (_, uri) => {
    const client = await newClient(app());
    const names = ['redirect_uri', 'resource', 'request_uri', 'client_id', 'state', 'scope', 'iss'];
    for (const name of names) {
      const shown = await newBrowser().open(
        client.url({ redirect_uri: 'https://evil.example/', [name]: uri }),
      );
      expect([shown.status, shown.away]).toEqual([400, undefined]);
      expect(shown.page.querySelectorAll('a, form, iframe, script, meta[http-equiv]')).toEqual([]);
    }
  });
});

describe('does not use a URI that was registered before the rule existed', () => {
  test.each(['javascript:/alert(1)', 'data:/text/html,x', 'javascript://127.0.0.1/cb'])('%s', async (uri) => {
    const client = await newClient(app());
    const { clients } = app().stores;
    const stored = await clients.find(app().realm.id, client.id);
    if (stored === undefined) throw new Error('The client is gone.');
    await clients.replace({ ...stored, redirectUris: [uri] }, stored.version);

    const browser = newBrowser();
    for (const redirect of [{ redirect_uri: uri }, { redirect_uri: '' }]) {
      const shown = await browser.open(client.url(redirect));
      expect([shown.status, shown.away]).toEqual([400, undefined]);
      expect(shown.page.querySelectorAll('a, form')).toEqual([]);
    }
  });

  test('gives no response to a script URI that replaces a valid one during the decision', async () => {
    const [client, browser] = [await newClient(app()), newBrowser()];
    const consent = await browser.signIn(await browser.open(client.url()));
    const { clients } = app().stores;
    const stored = await clients.find(app().realm.id, client.id);
    if (stored === undefined) throw new Error('The client is gone.');
    await clients.replace({ ...stored, redirectUris: ['javascript:/alert(1)'] }, stored.version);
    const shown = await browser.decide(consent, 'approve');
    expect([shown.status, handedBack(shown)]).toEqual([400, undefined]);
  });
});

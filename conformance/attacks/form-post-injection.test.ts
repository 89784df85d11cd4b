/**
 * Injection into a posted response (`response_mode=form_post`): the page with the form belongs to the server, and its values
 * come from the client.
 *
 * @see {@link https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html OAuth 2.0 Form Post Response Mode §4}
 * @see {@link https://cwe.mitre.org/data/definitions/79.html CWE-79}
 *
 * Taken out: packages/consent-ui/views/authorization-response.ejs: `value="<%= value %>"` → `value="<%- value %>"`
 * Then fails: returns the exact state in a form field
 * Taken out: packages/consent-ui/src/headers.ts: `.replaceAll(';', '%3B')` → ``
 * Then fails: does not let a redirect URI extend the policy of the page
 */
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const app = attackedApp();

const SITE = 'https://app.example/cb';

async function posted(callback: string, parameters: Record<string, string> = {}) {
  const [client, browser] = [await newClient(app(), callback), newBrowser()];
  const consent = await browser.signIn(
    await browser.open(client.url({ response_mode: 'form_post', ...parameters })),
  );
  return browser.decide(consent, 'approve');
}

describe('returns the exact state in a form field', () => {
  test.each([
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '" formaction="https://evil.example/',
    '" type="submit" autofocus onfocus="alert(1)',
    '</form><form action="https://evil.example/">',
    '"><input name="code" value="evil',
    '&quot;&gt;<script>',
    'x\r\ny',
    '<!--',
    '\u202E',
  ])('%j', async (state) => {
    const { page, status } = await posted(SITE, { state });
    expect(status).toBe(200);
    expect(page.querySelectorAll('script, img, iframe, [onfocus], [formaction]')).toEqual([]);
    const fields = page.querySelectorAll('form input').map((input) => input.getAttribute('name'));
    expect(fields).toEqual(['code', 'state', 'iss']);
    expect(page.querySelectorAll('form').map((form) => form.getAttribute('action'))).toEqual([SITE]);
    const shown = page.querySelector('[name=state]')?.getAttribute('value') ?? '';
    expect(shown.replaceAll('\r\n', '\n')).toBe(state.replaceAll('\r\n', '\n'));
  });
});

describe('does not let a redirect URI extend the policy of the page', () => {
  test.each([
    "https://app.example/cb;script-src'unsafe-inline'",
    'https://app.example/;form-action*;default-src*',
    'https://app.example/cb,default-src*',
    'https://app.example/cb?x;script-src*',
    "https://app.example/cb'unsafe-inline'",
    'https://app.example/*',
  ])('%s', async (callback) => {
    const { headers, page } = await posted(callback);
    const policy = headers.get('content-security-policy') ?? '';
    const directives = policy.split(/[;,]/).map((directive) => directive.trim().split(/\s+/));
    const names = ['default-src', 'style-src', 'form-action', 'base-uri', 'frame-ancestors'];
    expect(directives.map(([name]) => name)).toEqual(names);
    const [, ...targets] = directives.find(([name]) => name === 'form-action') ?? [];
    expect(targets).toHaveLength(1);
    expect(targets[0]?.startsWith('https://app.example/')).toBe(true);
    expect(page.querySelector('form')?.getAttribute('action')).toBe(callback);
  });
});

test('posts the form to one destination, and does nothing else automatically', async () => {
  const { page, headers } = await posted(SITE);
  expect(page.querySelectorAll('meta[http-equiv], script')).toEqual([]);
  expect(headers.get('content-security-policy')).toContain(`form-action ${SITE}`);
});

describe('posts an error only when the person submits the form', () => {
  test.each(['https://evil.example/landing', 'http://127.0.0.1:4711/cb'])('%s', async (callback) => {
    const client = await newClient(app(), callback);
    const shown = await newBrowser().open(client.url({ response_mode: 'form_post', response_type: 'x' }));
    expect([shown.status, shown.away]).toEqual([400, undefined]);
    expect(shown.page.querySelectorAll('meta[http-equiv], script')).toEqual([]);
    expect(shown.page.querySelector('.destination')?.text).toBeTruthy();
  });
});

test.each(['com.example.app:/cb', 'cursor://anysphere.cursor-mcp/oauth/callback'])(
  'posts nothing to a private-use scheme: %s',
  async (callback) => {
    const client = await newClient(app(), callback);
    const shown = await newBrowser().open(client.url({ response_mode: 'form_post' }));
    expect([shown.status, shown.away]).toEqual([400, undefined]);
    expect(shown.page.querySelectorAll('form')).toEqual([]);
  },
);

describe('supports no other response mode, which would expose a code', () => {
  test.each(['fragment', 'web_message', 'query.jwt', 'jwt', 'form_post.jwt', 'FORM_POST', 'query form_post'])(
    '%s',
    async (mode) => {
      const client = await newClient(app());
      const { away } = await newBrowser().open(client.url({ response_mode: mode }));
      expect(away?.searchParams.get('error')).toBe('invalid_request');
    },
  );
});

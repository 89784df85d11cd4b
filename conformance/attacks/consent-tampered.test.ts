/**
 * A tampered consent form: a scope or a duration is added that the page did not offer, so that more is granted than the
 * person read.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.3 RFC 6749 §3.3}
 * @see {@link https://cwe.mitre.org/data/definitions/472.html CWE-472}
 *
 * Taken out: packages/server/src/consent/consent-choice.ts: `!isOffered || ` → ``
 * Taken out: packages/server/src/consent/consent-choice.ts: `offered.filter((name) => ticked.includes(name))` → `ticked`
 * Then fails: does not grant a scope that was not offered
 */
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { filledIn, formOf, handedBack, newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const app = attackedApp();

async function atConsent(scope = 'notes:read') {
  const [client, browser] = [await newClient(app()), newBrowser()];
  const form = formOf(await browser.signIn(await browser.open(client.url({ scope }))));
  return { client, browser, form };
}

describe('does not grant a scope that was not offered', () => {
  test.each([
    'notes:admin',
    'mcp:write',
    'openid',
    'nothing',
    '',
    'notes:read notes:admin',
    '*',
    'NOTES:READ',
  ])('%j', async (scope) => {
    const { client, browser, form } = await atConsent();
    const posted = filledIn(form, { decision: 'approve' });
    posted.append('scope', scope);
    const shown = await browser.post(form.action, posted);
    const code = handedBack(shown);
    if (code === undefined) expect(shown.status).toBe(400);
    else expect((await client.exchange(code)).body.scope).toBe('notes:read');
  });

  test('grants a repeated scope once', async () => {
    const { client, browser, form } = await atConsent();
    const posted = filledIn(form, { decision: 'approve' });
    posted.append('scope', 'notes:read');
    const code = handedBack(await browser.post(form.action, posted));
    expect((await client.exchange(code ?? new URL(client.callback))).body.scope).toBe('notes:read');
  });
});

describe('does not grant a duration that was not offered', () => {
  test.each(['1', '0', '-1', '999999999', 'forever', 'until-revoked ', 'null', '', '3600.0', '1e4'])(
    '%j',
    async (lasting) => {
      const { browser, form } = await atConsent();
      const shown = await browser.post(form.action, filledIn(form, { decision: 'approve', lasting }));
      expect([shown.status, handedBack(shown)]).toEqual([400, undefined]);
    },
  );
});

test('grants nothing if no scope is selected', async () => {
  const { browser, form } = await atConsent();
  const shown = await browser.post(form.action, { ...form.fields, decision: 'approve' });
  expect([shown.status, handedBack(shown)]).toEqual([400, undefined]);
});

test.each(['client_id', 'redirect_uri', 'resource', 'state', 'code_challenge', 'subject', 'realm'])(
  'ignores fields that the form does not have: %s',
  async (name) => {
    const { client, browser, form } = await atConsent();
    const posted = filledIn(form, { decision: 'approve', [name]: 'https://evil.example/' });
    const code = handedBack(await browser.post(form.action, posted)) ?? new URL('https://none.example/');
    expect(code.href.startsWith(`${client.callback}?code=`)).toBe(true);
    expect(code.searchParams.get('state')).toBe('st');
    expect((await client.exchange(code)).status).toBe(200);
  },
);

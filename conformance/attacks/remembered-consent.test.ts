/**
 * Silently remembered consent: a person approved once, and from then on any program with the same name or `client_id` gets a
 * code without a question.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-8.6 RFC 8252 §8.6}
 * @see {@link https://modelcontextprotocol.io/docs/tutorials/security/security_best_practices MCP Security Best Practices,
 * Confused Deputy Problem}
 *
 * Taken out: packages/server/src/authorization/decide-authorization.ts: `interaction.prompts.includes('none') && isSelfRegistered(client)` → `false`
 * Taken out: packages/server/src/consent/decide-consent.ts: `if (isSilent) return { kind: 'refuse', error: CONSENT_REQUIRED };` → ``
 * Then fails: refuses a request that forbids asking
 * Taken out: packages/server/src/consent/remembered-consent.ts: `!isRememberable(client, redirectUri, vendors) || ` → ``
 * Then fails: asks again for the same request in the same browser by the same person
 * Taken out: packages/server/src/endpoints/authorization-response.ts: `const { decision, id, request: asked }` → `const { decision = { kind: 'approved', subject: 'ada', scopes: ['notes:read'], at: clock() }, id, request: asked }`
 * Then fails: issues no code before the person has approved
 */
import { describe, expect, test } from 'vitest';
import { HOSTED, OPEN_SEED } from '../support/app.ts';
import { attackedApp } from './support/attacked.ts';
import { asksForConsent, handedBack, newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

// A host where a browser has one session.
const app = attackedApp(OPEN_SEED, { issuer: HOSTED });

/** A browser whose person approved this client a moment ago, and the client uses it. */
async function approvedOnce() {
  const [client, browser] = [await newClient(app()), newBrowser()];
  const approved = await browser.decide(await browser.signIn(await browser.open(client.url())), 'approve');
  const code = handedBack(approved) ?? new URL(client.callback);
  expect((await client.exchange(code)).status).toBe(200);
  return { client, browser };
}

test('asks again for the same request in the same browser by the same person', async () => {
  const { client, browser } = await approvedOnce();
  for (const parameters of [{}, { state: 'two' }, { scope: 'notes:read' }]) {
    const shown = await browser.open(client.url(parameters));
    expect([asksForConsent(shown), shown.away]).toEqual([true, undefined]);
    expect(shown.text).not.toContain('code=');
  }
});

describe('refuses a request that forbids asking', () => {
  test.each(['none', 'none login', 'login none', ' none'])('prompt=%j', async (prompt) => {
    const { client, browser } = await approvedOnce();
    const { away } = await browser.open(client.url({ prompt }));
    expect(away?.searchParams.get('error')).toMatch(/_required$|^invalid_request$/);
    expect(away?.searchParams.has('code')).toBe(false);
  });
});

test('issues no code before the person has approved', async () => {
  const { client, browser } = await approvedOnce();
  const asked = await browser.open(client.url());
  const shown = await browser.open(asked.url.href.replace('consent', 'hand-back'));
  expect([asksForConsent(shown), shown.away]).toEqual([true, undefined]);
});

test('does not take a parameter for an approval', async () => {
  const { client, browser } = await approvedOnce();
  const words = {
    decision: 'approve',
    approved: 'true',
    consent: 'granted',
    approval_prompt: 'auto',
    csrf: '',
  };
  expect(asksForConsent(await browser.open(client.url(words)))).toBe(true);
  const asked = await browser.open(client.url());
  expect(asksForConsent(await browser.open(`${asked.url}&decision=approve`))).toBe(true);
});

test('asks for another client with the same name and redirect URI', async () => {
  const { client, browser } = await approvedOnce();
  const twin = await newClient(app(), client.callback, { client_name: 'Attacker 1' });
  expect(twin.id).not.toBe(client.id);
  expect(asksForConsent(await browser.open(twin.url()))).toBe(true);
});

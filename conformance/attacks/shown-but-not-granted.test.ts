/**
 * A grant of more than the page displayed: a client registers for refresh tokens while the page says that it gets short
 * access, or after the decision; or a second decision extends what was approved.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7592#section-2.2 RFC 7592 §2.2}
 * @see {@link https://cwe.mitre.org/data/definitions/451.html CWE-451}
 * @see {@link https://cwe.mitre.org/data/definitions/367.html CWE-367}
 *
 * Taken out: packages/server/src/consent/consent-token.ts: `JSON.stringify([contents, document?.identity])` → `''`
 * Then fails: displays what changed while the person read before it grants anything
 * Taken out: packages/server/src/token/authorization-code-grant.ts: `code.refreshable && client.grantTypes` → `client.grantTypes`
 * Then fails: gives no refresh token to a client that registers for it after the decision
 * Taken out: packages/server/src/consent/consent-choice.ts: `isSameLength(fields.getAll('lasting'), decision) &&` → ``
 * Then fails: refuses a second, different decision with an explanation
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { authorizeUrl, exchange, register } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import {
  asksForConsent,
  filledIn,
  formOf,
  handedBack,
  headingOf,
  newBrowser,
} from '@vestibule/testing/browser';
import { CALLBACK } from './support/client.ts';

const app = attackedApp();

beforeAll(() =>
  app().change(({ settings, ...realm }) => ({
    ...realm,
    settings: {
      ...settings,
      registration: { ...settings.registration, management: { enabled: true, rotateToken: false } },
    },
  })),
);

let count = 0;

/** Ada at the consent page of an app without refresh tokens that can change its registration. */
async function atConsent(grantTypes: readonly string[] = ['authorization_code']) {
  count += 1;
  const said = { redirect_uris: [CALLBACK], client_name: `Changes its mind ${count}` };
  const { body } = await register(app(), { ...said, grant_types: grantTypes });
  const { client_id: id, registration_access_token: bearer } = body;
  const browser = newBrowser();
  const url = authorizeUrl(app(), id, { redirect_uri: CALLBACK });
  const consent = await browser.signIn(await browser.open(url));
  expect(asksForConsent(consent)).toBe(true);
  return {
    browser,
    consent,
    exchange: (arrived: URL) => exchange(app(), id, CALLBACK, arrived),
    async registerForRefreshTokens(): Promise<void> {
      const response = await fetch(`${app().issuer}/connect/register/${id}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          ...said,
          client_id: id,
          grant_types: ['authorization_code', 'refresh_token'],
        }),
      });
      expect(response.status).toBe(200);
    },
  };
}

const SHORT = /does not come back for 15 minutes/;

test('displays what changed while the person read before it grants anything', async () => {
  const { browser, consent, registerForRefreshTokens } = await atConsent();
  expect(consent.page.text).toMatch(SHORT);
  await registerForRefreshTokens();
  const again = await browser.decide(consent, 'approve');
  expect([again.status, asksForConsent(again), handedBack(again)]).toEqual([409, true, undefined]);
  expect(again.page.text).not.toMatch(SHORT);
});

test('gives no refresh token to a client that registers for it after the decision', async () => {
  const { browser, consent, registerForRefreshTokens, exchange: exchanged } = await atConsent();
  const arrived = handedBack(await browser.decide(consent, 'approve'));
  await registerForRefreshTokens();
  const { status, body } = await exchanged(arrived ?? new URL(CALLBACK));
  expect([status, 'access_token' in body, 'refresh_token' in body]).toEqual([200, true, false]);
});

describe('refuses a second, different decision with an explanation', () => {
  test.each(['until-revoked', '86400', '1', '', '1e9'])('%s', async (lasting) => {
    const { browser, consent } = await atConsent(['authorization_code', 'refresh_token']);
    const form = formOf(consent);
    const answer = (length: string) =>
      browser.post(form.action, filledIn(form, { decision: 'approve', lasting: length }));
    const decision = async () => {
      const { stores, realm } = app();
      return (await stores.interactions.find(realm.id, form.fields['transaction'] ?? ''))?.decision;
    };
    expect(handedBack(await answer('3600'))).toBeDefined();
    const first = await decision();
    expect(first).toMatchObject({ kind: 'approved', refreshable: true });
    const second = await answer(lasting);
    expect([second.status, headingOf(second)]).toEqual([409, 'This was decided already']);
    expect(await decision()).toEqual(first);
  });
});

/**
 * Mix-up: a client of two authorization servers, one of them the attacker's, is made to send the code of the honest one to
 * the other. It can tell, because every response names its issuer.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9207#section-2 RFC 9207 §2}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.4 RFC 9700 §4.4}
 *
 * Taken out: packages/server/src/authorization/carry-response.ts: `iss: issuer` → `iss: ''`
 * Then fails: names the issuer in every response
 */
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { handedBack, newBrowser } from '@vestibule/testing/browser';
import { CALLBACK, newClient } from './support/client.ts';

const app = attackedApp();

describe('names the issuer in every response', () => {
  test('an approval', async () => {
    const client = await newClient(app());
    expect((await client.code()).searchParams.getAll('iss')).toEqual([app().issuer]);
  });

  test('a denial', async () => {
    const [client, browser] = [await newClient(app()), newBrowser()];
    const consent = await browser.signIn(await browser.open(client.url()));
    const answer = handedBack(await browser.decide(consent, 'deny'));
    expect(answer?.searchParams.get('error')).toBe('access_denied');
    expect(answer?.searchParams.getAll('iss')).toEqual([app().issuer]);
  });

  test.each<[string, Record<string, string>]>([
    ['an error for a loopback address', { response_type: 'token' }],
    ['with an issuer in the request', { response_type: 'token', iss: 'https://evil.example' }],
    ['with an issuer in the state', { response_type: 'token', state: '&iss=https://evil.example' }],
  ])('an error %s', async (_, parameters) => {
    const client = await newClient(app());
    const { away } = await newBrowser().open(client.url(parameters));
    expect(away?.searchParams.getAll('iss')).toEqual([app().issuer]);
  });

  test('an error on a page', async () => {
    const client = await newClient(app(), 'https://app.example/cb');
    const { page } = await newBrowser().open(client.url({ response_type: 'token' }));
    const link = new URL(page.querySelector('a.button')?.getAttribute('href') ?? '');
    expect(link.searchParams.getAll('iss')).toEqual([app().issuer]);
  });
});

test('advertises the issuer parameter', async () => {
  const metadata = await (await fetch(`${app().issuer}/.well-known/oauth-authorization-server`)).json();
  expect(metadata).toMatchObject({
    issuer: app().issuer,
    authorization_response_iss_parameter_supported: true,
  });
});

test('refuses redirect URIs with an issuer parameter', async () => {
  await expect(newClient(app(), `${CALLBACK}?iss=https://evil.example`)).rejects.toThrow(
    'invalid_redirect_uri',
  );
});

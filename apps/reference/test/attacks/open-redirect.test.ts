/**
 * Open redirect through error answers: a link to this server, which people trust, that leads them on to a place that a
 * stranger chose, before anybody was asked.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2 RFC 9700 §4.11.2}
 *
 * Taken out: packages/server/src/authorization/decide-authorization.ts: `isChosen && !isPosted ? 'redirect' : 'inform'` → `'redirect'`
 * Then fails: no error leads a browser away to a website or an app by itself
 * Taken out: packages/consent-ui/src/authorization-response-page.ts: `way === 'redirecting' && fields === undefined ? location : undefined` → `location`
 * Then fails: no error leads a browser away to a website or an app by itself
 */
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { newBrowser } from './support/browser.ts';
import { newClient } from './support/client.ts';

const app = attackedApp();

const ERRORS: [string, Record<string, string>][] = [
  ['no response type', { response_type: '' }],
  ['a response type that there is not', { response_type: 'token' }],
  ['a response mode that there is not', { response_mode: 'fragment' }],
  ['no challenge', { code_challenge: '' }],
  ['no resource', { resource: '' }],
  ['a resource that there is not', { resource: 'https://nowhere.example' }],
  ['a scope that there is not', { scope: 'nothing' }],
  ['a scope that is none', { scope: 'a"b' }],
  ['a request object', { request: 'e30.e30.' }],
  ['a request object elsewhere', { request_uri: 'https://evil.example/request' }],
  ['no page allowed', { prompt: 'none' }],
  ['a very long state', { state: 's'.repeat(5_000) }],
];

describe.each(['https://evil.example/landing', 'evil://landing/x'])(
  'no error leads a browser away to a website or an app by itself: %s',
  (callback) => {
    test.each(ERRORS)('%s', async (_, parameters) => {
      const client = await newClient(app(), callback);
      const shown = await newBrowser().open(client.url(parameters));
      expect([shown.status, shown.away]).toEqual([400, undefined]);
      expect(shown.page.querySelectorAll('meta[http-equiv], script, form')).toEqual([]);
      // A person may still go there, knowing that the app named the place and nobody vouches for it.
      expect(shown.page.querySelector('.destination')?.text).toContain('evil');
    });
  },
);

describe('nothing that is not registered is a link, whatever is wrong besides', () => {
  test.each(ERRORS)('%s', async (_, parameters) => {
    const client = await newClient(app());
    const url = client.url({ ...parameters, redirect_uri: 'https://evil.example/landing' });
    const shown = await newBrowser().open(url);
    expect([shown.status, shown.away]).toEqual([400, undefined]);
    expect(shown.page.querySelectorAll('a')).toEqual([]);
  });

  test.each(['client_id', 'redirect_uri'])('%s twice', async (name) => {
    const client = await newClient(app());
    const url = client.url();
    url.searchParams.append(name, 'https://evil.example/landing');
    const shown = await newBrowser().open(url);
    expect([shown.status, shown.away]).toEqual([400, undefined]);
    expect(shown.page.querySelectorAll('a')).toEqual([]);
  });
});

describe('no page takes the place where it leads on to from its address', () => {
  test.each(['sign-in', 'consent', 'hand-back', 'rules', 'authorize'])('%s', async (place) => {
    const names = [
      'next',
      'return_to',
      'redirect',
      'redirect_uri',
      'location',
      'url',
      'transaction',
      'continue',
    ];
    const query = new URLSearchParams(names.map((name) => [name, 'https://evil.example/']));
    const shown = await newBrowser().open(`${app().issuer}/connect/${place}?${query}`);
    expect(shown.away).toBeUndefined();
    expect(shown.page.querySelectorAll('a').map((link) => link.getAttribute('href'))).toEqual([]);
  });
});

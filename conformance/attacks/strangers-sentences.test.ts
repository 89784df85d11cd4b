/**
 * An attacker's sentence on our page: a link to this server whose parameters say that the account is locked and whom to
 * call, so that a page, or an error that an agent repeats to its person, says it in our name. The same texts contain every
 * character that is not allowed in errors.
 *
 * @see {@link https://cwe.mitre.org/data/definitions/451.html CWE-451}
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749 §5.2}
 *
 * Taken out: packages/core/src/text/quote.ts: `if (character === undefined) return` → `return`
 * Then fails: displays no such sentence on a page
 * Taken out: packages/core/src/text/quote.ts: `if (character === undefined) return` → `return`
 * Then fails: sends no such sentence to a program
 * Taken out: packages/server/src/authorization-request/prompt.ts: `USERNAME.test(hint)` → `true`
 * Then fails: displays no such sentence on a page
 * Taken out: packages/core/src/text/quote.ts: `if (character === undefined) return` → `return`
 * Taken out: packages/core/src/text/quote.ts: `text.replace(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/gu, (found) => `(${codePoint(found)})`)` → `text`
 * Then fails: keeps errors within the allowed characters
 */
import { describe, expect, test } from 'vitest';
import { register, token } from '@vestibule/testing/oauth';
import { attackedApp } from './support/attacked.ts';
import { newBrowser } from '@vestibule/testing/browser';
import { CALLBACK, newClient } from './support/client.ts';

const app = attackedApp();

const SENTENCE = 'Your account is locked. Call 555-0100 now';

const PARAMETERS = [
  'client_id',
  'redirect_uri',
  'resource',
  'scope',
  'response_type',
  'response_mode',
  'prompt',
  'max_age',
  'login_hint',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
  'ui_locales',
  'nonce',
  'dpop_jkt',
  'acr_values',
  'authorization_details',
];

describe('displays no such sentence on a page', () => {
  test.each(PARAMETERS)('%s', async (name) => {
    for (const callback of [CALLBACK, 'https://app.example/cb', 'evil-app:/cb']) {
      const client = await newClient(app(), callback);
      const shown = await newBrowser().open(client.url({ [name]: SENTENCE }));
      expect(shown.text).not.toMatch(/account is locked|555-0100 now/);
      expect(shown.away?.search ?? '').not.toContain('locked');
    }
  });

  test('the name of a parameter', async () => {
    const client = await newClient(app(), 'https://app.example/cb');
    const url = client.url();
    url.searchParams.append(SENTENCE, '1');
    url.searchParams.append(SENTENCE, '2');
    const shown = await newBrowser().open(url);
    expect([shown.status, shown.text.includes('locked')]).toEqual([400, false]);
  });
});

/** Members of a registration, with a value that makes each be refused. */
const MEMBERS: [string, (text: string) => object][] = [
  ['redirect_uris', (text) => ({ redirect_uris: [text] })],
  ['redirect_uris, a scheme', (text) => ({ redirect_uris: [`${text}:/cb`] })],
  ['grant_types', (text) => ({ redirect_uris: [CALLBACK], grant_types: [text] })],
  ['response_types', (text) => ({ redirect_uris: [CALLBACK], response_types: [text] })],
  ['scope', (text) => ({ redirect_uris: [CALLBACK], scope: `"${text}` })],
  ['application_type', (text) => ({ redirect_uris: [CALLBACK], application_type: text })],
  ['client_uri', (text) => ({ redirect_uris: [CALLBACK], client_uri: text })],
  ['client_name', (text) => ({ redirect_uris: ['https://evil.example/'], client_name: `Claude ${text}` })],
  ['a language', (text) => ({ redirect_uris: [CALLBACK], [`client_name#${text}`]: 'x' })],
  ['a statement', (text) => ({ redirect_uris: [CALLBACK], software_statement: text })],
];

/** The fields of a token request. */
const FIELDS = [
  'grant_type',
  'client_id',
  'code',
  'resource',
  'redirect_uri',
  'code_verifier',
  'refresh_token',
];

describe('sends no such sentence to a program', () => {
  test.each(MEMBERS)('%s', async (_, metadata) => {
    const { body } = await register(app(), metadata(SENTENCE));
    expect(body.error_description ?? '').not.toContain('account is locked');
  });

  test.each(FIELDS)('%s', async (name) => {
    for (const grant_type of ['authorization_code', 'refresh_token']) {
      const { body } = await token(app(), { grant_type, [name]: SENTENCE });
      expect(body.error_description).not.toContain('account is locked');
    }
  });
});

const FIT = /^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/;

/** Characters that are not allowed in errors, between two words. */
const TEXTS = [
  'the client’s key',
  'say "hi" to me',
  'a\\b c',
  'naïve é',
  'a\u202Eb',
  'a\u0000b',
  '語 語 語',
  'a\tb c',
];

describe('keeps errors within the allowed characters', () => {
  const texts = TEXTS.map((text) => [JSON.stringify(text), text]);

  test.each(texts)('%s, in a registration', async (_, text) => {
    for (const [member, metadata] of MEMBERS) {
      const { status, body } = await register(app(), metadata(text));
      if (status === 201) continue;
      expect([member, body.error, FIT.test(body.error_description)]).toEqual([member, body.error, true]);
      expect(body.error).toMatch(FIT);
    }
  });

  test.each(texts)('%s, in an authorization request', async (_, text) => {
    const client = await newClient(app());
    for (const name of PARAMETERS.filter((one) => one !== 'client_id' && one !== 'redirect_uri')) {
      const { away } = await newBrowser().open(client.url({ [name]: text }));
      if (away === undefined || away.searchParams.has('code')) continue;
      expect([name, away.searchParams.get('error')]).toEqual([name, expect.stringMatching(FIT)]);
      expect(away.searchParams.get('error_description')).toMatch(FIT);
    }
  });

  test.each(texts)('%s, at the endpoints for programs', async (_, text) => {
    const client = await newClient(app());
    for (const path of ['token', 'par', 'revoke', 'introspect']) {
      for (const name of [...PARAMETERS, ...FIELDS, text]) {
        const fields = new URLSearchParams({
          grant_type: 'refresh_token',
          client_id: client.id,
          [name]: text,
        });
        if (name === text) fields.append(text, 'again');
        const response = await fetch(`${app().issuer}/connect/${path}`, { method: 'POST', body: fields });
        if (response.ok) continue;
        const body = await response.json();
        expect([path, name, body.error_description]).toEqual([path, name, expect.stringMatching(FIT)]);
      }
    }
  });

  test.each(['Bearer é', 'Bearer a"b', 'Basic w6k6w6k=', 'DPoP é\\', 'Ünknown x'])(
    'the header Authorization: %s',
    async (authorization) => {
      const addresses = ['token', 'userinfo', 'introspect', 'register'].map(
        (path) => `${app().issuer}/connect/${path}`,
      );
      for (const address of [...addresses, app().notes.href]) {
        const response = await fetch(address, { method: 'POST', headers: { authorization } });
        const challenge = response.headers.get('www-authenticate') ?? '';
        expect(challenge.replaceAll(/="[^"\\]*"/g, '')).toMatch(/^[A-Za-z0-9_, -]*$/);
        expect(challenge).toMatch(/^[\x20-\x7E]*$/);
        const body: { readonly error_description?: string } = await response.json();
        if (body.error_description !== undefined) expect(body.error_description).toMatch(FIT);
      }
    },
  );
});

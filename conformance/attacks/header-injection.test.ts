/**
 * Header injection: a line break in a string that is part of a header becomes a header or a response of the attacker's.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-10.14 RFC 6749 §10.14}
 * @see {@link https://cwe.mitre.org/data/definitions/113.html CWE-113}
 *
 * Taken out: packages/server/src/authorization/carry-response.ts: `${parameters.toString()}` → `${decodeURIComponent(parameters.toString())}`
 * Then fails: returns the exact state as one parameter
 */
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { attackedApp } from './support/attacked.ts';
import { newBrowser } from '@vestibule/testing/browser';
import { newClient } from './support/client.ts';

const app = attackedApp();

const BREAKS = [
  'x\r\nSet-Cookie: evil=1',
  'x\nSet-Cookie: evil=1',
  'x\rSet-Cookie: evil=1',
  'x\r\n\r\n<script>alert(1)</script>',
  'x\u0000Set-Cookie: evil=1',
  'x\u0085Set-Cookie: evil=1',
  'x\u2028Set-Cookie: evil=1',
  'x\u010D\u010ASet-Cookie: evil=1',
  '%0d%0aSet-Cookie: evil=1',
  '%250d%250aSet-Cookie: evil=1',
  'x&code=evil&iss=https://evil.example',
  'x#code=evil',
  'x;Set-Cookie: evil=1',
  'x", error="invalid_token", resource_metadata="https://evil.example',
] as const;

const named = BREAKS.map((text) => [JSON.stringify(text), text]);

/** Asserts that all headers are ours. */
function expectOurs(headers: Headers): void {
  const names = [...headers.keys()];
  expect(names.filter((name) => /evil|script/.test(name))).toEqual([]);
  expect(headers.getSetCookie().filter((cookie) => !cookie.startsWith('vestibule-'))).toEqual([]);
}

describe('returns the exact state as one parameter', () => {
  test.each(named)('%s', async (_, state) => {
    const client = await newClient(app());
    const response = await fetch(client.url({ state, response_type: 'x' }), { redirect: 'manual' });
    expectOurs(response.headers);
    const location = response.headers.get('location') ?? '';
    expect(location).toMatch(/^[\x21-\x7E]+$/);
    const { searchParams, hash, origin } = new URL(location);
    expect([origin, hash]).toEqual([new URL(client.callback).origin, '']);
    expect(searchParams.getAll('state')).toEqual([state]);
    expect(searchParams.getAll('code')).toEqual([]);
    expect(searchParams.getAll('iss')).toEqual([app().issuer]);
  });
});

describe('quotes a value in an error so that a header can contain it', () => {
  const NAMES = ['response_type', 'response_mode', 'scope', 'resource', 'code_challenge_method', 'x'];
  test.each(named)('%s', async (_, text) => {
    const client = await newClient(app());
    for (const name of NAMES) {
      const url = client.url(name === 'x' ? {} : { [name]: text });
      if (name === 'x') for (const value of ['1', '2']) url.searchParams.append(text, value);
      const response = await fetch(url, { redirect: 'manual' });
      expectOurs(response.headers);
      const location = new URL(response.headers.get('location') ?? '', app().issuer);
      expect(location.searchParams.get('error_description') ?? '').toMatch(/^[\x20-\x7E]*$/);
    }
  });
});

describe('keeps an escaped line break in a redirect URI escaped', () => {
  test.each(['%0d%0aSet-Cookie:%20evil=1', '%0a', '%00', '%E5%98%8A%E5%98%8DSet-Cookie:evil=1'])(
    '%s',
    async (ending) => {
      const client = await newClient(app(), `http://127.0.0.1:4711/cb${ending}`);
      const response = await fetch(client.url({ response_type: 'x' }), { redirect: 'manual' });
      expectOurs(response.headers);
      expect(response.headers.get('location')?.startsWith(`${client.callback}?error=`)).toBe(true);
    },
  );
});

describe('puts no malformed id of an interaction into a header', () => {
  test.each(named)('%s', async (_, text) => {
    for (const place of ['sign-in', 'consent', 'hand-back']) {
      const shown = await newBrowser().open(
        `${app().issuer}/connect/${place}?transaction=${encodeURIComponent(text)}`,
      );
      expect(shown.status).toBe(410);
      expectOurs(shown.headers);
    }
  });
});

describe('puts no token into a challenge', () => {
  test.each(named)('%s', async (_, text) => {
    const token = text.replaceAll(/[^\x20-\x7E]/g, '');
    for (const url of [
      app().notes.href,
      `${app().issuer}/connect/token`,
      `${app().issuer}/connect/register?preview`,
    ]) {
      const response = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
      expectOurs(response.headers);
      expect(response.headers.get('www-authenticate') ?? '').not.toContain('evil');
    }
  });
});

test.each<[string, () => string, number]>([
  ['at its own host', () => new URL(app().issuer).host, 400],
  ['at another host', () => 'evil.example', 404],
])('does not return request headers in the response, %s', async (_, host, status) => {
  const lines = [
    'GET /connect/authorize?client_id=x HTTP/1.1',
    `Host: ${host()}`,
    'X-Request-Id: evil',
    'X-Correlation-Id: evil',
    'Origin: https://evil.example',
    'Cookie: vestibule-tx-evil=evil',
    'Connection: close',
  ];
  const answer = await raw(`${lines.join('\r\n')}\r\n\r\n`);
  const [head = ''] = answer.split('\r\n\r\n');
  expect(head.split(' ')[1]).toBe(String(status));
  expect(head).not.toContain('evil');
});

async function raw(text: string): Promise<string> {
  const socket = connect(Number(new URL(app().issuer).port), 'localhost');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

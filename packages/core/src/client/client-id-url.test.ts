import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeClientIdUrl } from './client-id-url.ts';

const ruleOf = (clientId: string): string | undefined => {
  const judged = judgeClientIdUrl(clientId);
  return judged.ok ? undefined : judged.refusal.rule;
};

test.each([
  ['https://claude.ai/oauth/claude-code-client-metadata', 'claude.ai'],
  ['https://chatgpt.com/oauth/a_b-c~1/client.json', 'chatgpt.com'],
  ['https://app.example:8443/client.json', 'app.example:8443'],
  ['https://app.example/', 'app.example'],
  ['https://app.example/a/', 'app.example'],
  ['https://app.example/a//b', 'app.example'],
  ['https://app.example/a..b/.well-known', 'app.example'],
  ['https://app.example/%C3%A9', 'app.example'],
  ['https://xn--bcher-kva.example/client', 'xn--bcher-kva.example'],
])('%s can be a client_id, and its host is %s', (clientId, host) => {
  expect(judgeClientIdUrl(clientId)).toEqual({ ok: true, url: { host, hasQuery: false } });
});

test.each(['https://app.example/client?v=1', 'https://app.example/client?'])(
  'the query of %s is noted',
  (clientId) => {
    expect(judgeClientIdUrl(clientId)).toMatchObject({ ok: true, url: { hasQuery: true } });
  },
);

test.each([
  ['http://app.example/client', 'client-id.scheme'],
  ['HTTPS://app.example/client', 'client-id.scheme'],
  [' https://app.example/client', 'client-id.scheme'],
  ['data:application/json,{}', 'client-id.scheme'],
  ['dyn-0123', 'client-id.scheme'],
  ['', 'client-id.scheme'],
  [`https://app.example/${'a'.repeat(1_005)}`, 'client-id.length'],
  ['https://app.example/client#', 'client-id.fragment'],
  ['https://app.example/client#a', 'client-id.fragment'],
  ['https://', 'client-id.url'],
  ['https://a b.example/c', 'client-id.url'],
  ['https://app.example:99999/c', 'client-id.url'],
  ['https://user@app.example/c', 'client-id.userinfo'],
  ['https://user:pw@app.example/c', 'client-id.userinfo'],
  ['https://app.example', 'client-id.path'],
  ['https://app.example?a=b', 'client-id.form'],
  ['https://@app.example/c', 'client-id.form'],
  ['https://App.Example/c', 'client-id.form'],
  ['https://app.example:443/c', 'client-id.form'],
  ['https://app.example/a/../c', 'client-id.form'],
  ['https://app.example/a/./c', 'client-id.form'],
  ['https://app.example/a/%2e%2e/c', 'client-id.form'],
  ['https://app.example/a/.%2E/c', 'client-id.form'],
  ['https://app.example/..', 'client-id.form'],
  ['https://app.example\\c', 'client-id.form'],
  ['https://app.example/a\\c', 'client-id.form'],
  ['https://app.example/c?a\\b', 'client-id.form'],
  ['https://app.example/a\tc', 'client-id.form'],
  ['https://app.example/a\nc', 'client-id.form'],
  ['https://app.example/c ', 'client-id.form'],
  ['https://app.example/a c', 'client-id.form'],
  ['https://app.example/é', 'client-id.form'],
  ['https://bücher.example/c', 'client-id.form'],
  ['https://ａpp.example/c', 'client-id.form'],
  ['https://0x7f.1/c', 'client-id.form'],
  ['https://127.1/c', 'client-id.form'],
  ['https://2130706433/c', 'client-id.form'],
  ['https://[::ffff:127.0.0.1]/c', 'client-id.form'],
  ['https:/app.example/c', 'client-id.scheme'],
  ['https:///app.example/c', 'client-id.form'],
  ['https://app.example./c', 'client-id.host'],
])('%j cannot be a client_id (%s)', (clientId, rule) => {
  expect(ruleOf(clientId)).toBe(rule);
});

test('every accepted URL is read as it is written, whatever it is made of', () => {
  const part = fc.constantFrom(
    'a',
    '.',
    '..',
    '/',
    '\\',
    '%2e',
    '%2F',
    '@',
    ':',
    '?',
    '#',
    ' ',
    '\t',
    'é',
    '１',
  );
  const url = fc.array(part, { maxLength: 12 }).map((parts) => `https://h.example/${parts.join('')}`);
  fc.assert(
    fc.property(url, (clientId) => {
      const judged = judgeClientIdUrl(clientId);
      if (!judged.ok) return;
      expect(URL.parse(clientId)?.href).toBe(clientId);
      expect(clientId).toMatch(/^https:\/\/h\.example\/[\x21-\x7e]*$/);
      expect(clientId).not.toMatch(/[#\\]/);
      expect(clientId.replace(/\?.*/, '')).not.toMatch(/\/(?:\.|%2e){1,2}(?:\/|$)/i);
    }),
    { numRuns: 2_000 },
  );
});

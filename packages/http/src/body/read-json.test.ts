import { RULES } from '@vestibule/core/policy';
import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { readJson } from './read-json.ts';

const post = (body: BodyInit, type = 'application/json') =>
  new Request('https://id.example/', { method: 'POST', headers: { 'content-type': type }, body });

const BAD: readonly [rule: string, status: number, request: () => Request][] = [
  ['body.media-type', 415, () => post('{}', 'text/plain')],
  ['body.size', 413, () => post('x'.repeat(65_537))],
  ['body.utf-8', 400, () => post(new Uint8Array([0x22, 0xff, 0x22]))],
  ['body.json', 400, () => post('{')],
  ['body.repeated-member', 400, () => post('{"a":1,"a":1}')],
];

test.each(BAD)(
  cite('%s is refused with its id and %d', 'vestibule:bad-input:not-json', 'vestibule:policy:stable-ids'),
  async (rule, status, request) => {
    expect(await readJson(request())).toEqual({
      ok: false,
      status,
      refusal: {
        code: 'invalid_client_metadata',
        rule,
        description: expect.stringMatching(
          new RegExp(`^the body [^"\\\\]+ \\[${rule.replace('.', '\\.')}\\]$`),
        ),
      },
    });
  },
);

test('the catalogue has each of these rules, and no other of the body', () => {
  const ids = RULES.map(({ id }) => id).filter((id) => id.startsWith('body.'));
  expect(ids.toSorted()).toEqual(BAD.map(([rule]) => rule).toSorted());
});

test.each([
  '{"client_name":"a","client_name":"b"}',
  '{"client_name":"a","client_name":"a"}',
  '{"client_name":"a","\\u0063lient_name":"b"}',
  '{"__proto__":1,"__proto__":2}',
  '{"redirect_uris":[],\n"x":{"redirect_uris":1}, "redirect_uris" : [] }',
])(cite('a member twice is refused: %s', 'vestibule:bad-input:duplicates'), async (text) => {
  expect(await readJson(post(text))).toMatchObject({
    ok: false,
    status: 400,
    refusal: { rule: 'body.repeated-member' },
  });
});

test(
  cite('20,000 nested arrays are read, or said to be no registration', 'vestibule:bad-input:deep'),
  async () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(await readJson(post(deep))).toMatchObject({ ok: true });
    expect(await readJson(post(`{"x":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`))).toMatchObject({
      ok: true,
    });
  },
);

test(cite('__proto__ is read as a member of that name', 'vestibule:bad-input:prototype'), async () => {
  const read = await readJson(post('{"__proto__":{"client_name":"x"}}'));
  expect(read.ok && Object.getPrototypeOf(read.value)).toBe(Object.prototype);
  expect(read.ok && Object.keys(Object(read.value))).toEqual(['__proto__']);
});

test('an escape is no end of a text, however many there are', async () => {
  const text = JSON.stringify({ a: '\\"'.repeat(16_000), b: '"a":1' });
  expect(await readJson(post(text))).toEqual({ ok: true, value: JSON.parse(text) });
});

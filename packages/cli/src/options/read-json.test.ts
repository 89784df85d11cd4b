import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from './read-json.ts';

test.each([
  ['', 1, 1],
  ['{\n  "password": secret\n}', 2, 15],
  ["{\n  'password': 'secret'\n}", 2, 3],
  ['{"password": "secret" "name": 1}', 1, 23],
  ['{"password": "secret",}', 1, 23],
  ['{"password" "secret"}', 1, 13],
  ['{"password": "secret"', 1, 22],
  ['["secret",]', 1, 11],
  ['["secret", // why\n 1]', 1, 12],
  ['["secret"}', 1, 10],
  ['{"password": "sec\nret"}', 1, 14],
  ['{"password": "sec\\ret\\x"}', 1, 14],
  ['{"a": 012}', 1, 8],
  ['{"a": secret', 1, 7],
  ['{} secret', 1, 4],
  [',', 1, 1],
  ['{"a": {"b": [1, {"secret"', 1, 26],
])(
  'reports the syntax error of %j at line %i, column %i, without repeating the text',
  (text, line, column) => {
    expect(readJson(text)).toEqual({ ok: false, problem: `is not JSON: see line ${line}, column ${column}` });
  },
);

test('parses any JSON text like JSON.parse', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
    }),
  );
});

test('locates the syntax error of a cut or changed JSON text within that text', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '\u0000', '}', ']', ',', '"', 'x'),
      (json, place, more) => {
        const at = place % (json.length + 1);
        const read = readJson(`${json.slice(0, at)}${more}`);
        if (read.ok) return;
        const column = Number(/column (\d+)$/.exec(read.problem)?.[1]);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column).toBeLessThanOrEqual(at + more.length + 1);
      },
    ),
  );
});

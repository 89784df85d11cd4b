import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeOf } from './place-of.ts';

test.each([
  ['https://app.example', 'https://app.example/'],
  ['https://app.example/cb', 'https://app.example/cb'],
  ['https://app.example/cb?a=b', 'https://app.example/cb'],
  ['HTTPS://APP.example:443/cb', 'https://app.example/cb'],
  ['https://app.example/a/../cb', 'https://app.example/cb'],
  ['https://app.example/a/%2e%2e/cb', 'https://app.example/cb'],
  ['com.example.app:/cb?a=b', 'com.example.app:/cb'],
])('the place of %s is %s', (raw, place) => {
  expect(placeOf(raw)).toBe(place);
});

test('a place is what a URL parser makes of the URI, without its query', () => {
  const piece = fc.constantFrom('/', '.', '..', 'a', '.b', '~', '%2e', '?', 'A', '-');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }).map((parts) => `https://app.example/${parts.join('')}`),
      (raw) => {
        expect(placeOf(raw)).toBe(URL.parse(raw)?.href.split('?', 1)[0]);
      },
    ),
    { numRuns: 2_000 },
  );
});

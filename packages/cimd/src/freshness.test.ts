import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { readFreshness, type ResponseHeaders } from './freshness.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const at = (seconds: number): string => new Date(NOW + seconds * 1000).toUTCString();

/** `freshFor` of a response that arrives now. */
const freshFor = (headers: ResponseHeaders, delay?: number): number | undefined =>
  readFreshness(headers, NOW, delay).freshFor;

const cached = (cacheControl: string | readonly string[]): ResponseHeaders => ({
  'cache-control': cacheControl,
});

test.each<[string, ResponseHeaders, number | undefined]>([
  ['says nothing', {}, undefined],
  ['only has a date of its last change', { 'last-modified': at(-1_000) }, undefined],
  ['states max-age', cached('max-age=60'), 60],
  ['states max-age in capitals and quotes', cached('Public, MAX-AGE="60"'), 60],
  ['states s-maxage for shared caches', cached('max-age=60, s-maxage=600'), 600],
  ['states s-maxage of nothing', cached('max-age=60, s-maxage=0'), 0],
  ['states max-age twice: the first counts', cached('max-age=60, max-age=600'), 60],
  ['states max-age in two headers', cached(['public', 'max-age=60']), 60],
  ['states max-age beside Expires', { ...cached('max-age=60'), expires: at(600), date: at(0) }, 60],
  ['states Expires', { expires: at(600), date: at(0) }, 600],
  ['states Expires without a Date', { expires: at(600) }, 600],
  ['states Expires in the past', { expires: at(-600), date: at(0) }, 0],
  ['states 0 for Expires', { expires: '0' }, 0],
  ['states a number for Expires', { expires: '2099' }, 0],
  ['states Expires in the format of RFC 850', { expires: 'Monday, 30-Nov-26 12:10:00 GMT' }, 600],
  ['states Expires in the format of asctime', { expires: 'Mon Nov 30 12:10:00 2026' }, 600],
  ['states a fraction', cached('max-age=1.5'), 0],
  ['states a negative number', cached('max-age=-1'), 0],
  ['states no number', cached('max-age'), 0],
  ['states a word', cached('max-age=forever'), 0],
  ['states more than 2^31', cached('max-age=99999999999999999999'), 2 ** 31],
  ['hides max-age in quotes', cached('extension="a, max-age=600"'), undefined],
  ['hides max-age behind an escaped quote', cached(String.raw`extension="a\", max-age=600", max-age=5`), 5],
  ['ends a quote after an escaped quote', cached(String.raw`extension="a\"", max-age=5`), 5],
  ['states max-age in a quote that is open', cached('max-age="60'), 0],
  ['leaves a quote open', cached('extension="a, max-age=600'), undefined],
  ['has a part before max-age that is not a directive', cached(',, =, max-age=60'), 60],
  ['has an age', { ...cached('max-age=60'), age: '20' }, 40],
  ['is older than its lifetime', { ...cached('max-age=60'), age: '600' }, 0],
  ['has an age that is malformed', { ...cached('max-age=60'), age: '-20' }, 60],
  ['has a date in the past', { ...cached('max-age=60'), date: at(-20) }, 40],
  ['has a date in the past and a larger age', { ...cached('max-age=60'), date: at(-20), age: '50' }, 10],
  ['has a date in the future, which makes it no younger', { ...cached('max-age=60'), date: at(3_600) }, 60],
  ['has a date that is malformed', { ...cached('max-age=60'), date: 'yesterday' }, 60],
])(cite('a response that %s is fresh for as long', 'cimd:5.2:freshness'), (_, headers, expected) => {
  expect(freshFor(headers)).toBe(expected);
});

test('the time that a response took counts as age', () => {
  expect(freshFor({ ...cached('max-age=60'), age: '20' }, 1.5)).toBe(38);
});

describe('reads', () => {
  const NONE = { noStore: false, noCache: false, mustRevalidate: false };

  test.each<[string, ResponseHeaders, object]>([
    ['no-store', cached('no-store'), { noStore: true }],
    [
      'private, which a shared cache does not store',
      cached('private, max-age=60'),
      { noStore: true, freshFor: 60 },
    ],
    ['no-cache', cached('no-cache, max-age=60'), { noCache: true, freshFor: 60 }],
    ['no-cache for a header', cached('no-cache="set-cookie"'), { noCache: true }],
    ['a response that varies with everything', { vary: '*' }, { noCache: true }],
    ['a response that varies with a header', { vary: ['accept', 'origin'] }, {}],
    ['must-revalidate', cached('must-revalidate'), { mustRevalidate: true }],
    ['proxy-revalidate', cached('proxy-revalidate'), { mustRevalidate: true }],
    ['stale-if-error', cached('stale-if-error=3600'), { staleIfError: 3_600 }],
    ['a malformed stale-if-error as none', cached('stale-if-error=soon'), {}],
    ['an entity tag', { etag: '"a"' }, { etag: '"a"' }],
    ['a weak entity tag', { etag: 'W/"a"' }, { etag: 'W/"a"' }],
    ['the first of two entity tags', { etag: ['"a"', '"b"'] }, { etag: '"a"' }],
    ['an entity tag without quotes as none', { etag: 'a' }, {}],
    ['an entity tag with a line break as none', { etag: '"a\r\nb"' }, {}],
    ['an entity tag of more than 256 characters as none', { etag: `"${'a'.repeat(255)}"` }, {}],
  ])('%s', (_, headers, expected) => {
    expect(readFreshness(headers, NOW)).toEqual({ ...NONE, ...expected });
  });
});

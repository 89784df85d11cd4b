import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { hasMediaType } from './media-type.ts';

const request = (headers: Record<string, string>) =>
  new Request('https://id.example/', { method: 'POST', headers });

test.each<Record<string, string>>([
  { 'content-type': 'application/json' },
  { 'content-type': 'Application/JSON' },
  { 'content-type': 'application/json; charset=utf-8' },
  { 'content-type': 'application/json;charset="UTF-8"' },
  { 'content-type': 'application/json ; v=1' },
  { 'content-type': 'application/json; v="="; Charset = UTF-8 ' },
  { 'content-type': 'application/json', 'content-encoding': 'identity' },
])('%j is JSON', (headers) => {
  expect(hasMediaType(request(headers), 'application/json')).toBe(true);
});

test.each<Record<string, string>>([
  {},
  { 'content-type': '' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/jsonx' },
  { 'content-type': 'application/json+ld' },
  { 'content-type': 'text/plain; application/json' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'application/json; charset=iso-8859-1' },
  { 'content-type': 'application/json; charset=' },
  { 'content-type': 'application/json; charset="utf-8' },
  { 'content-type': 'application/json; charset=utf-8 utf-8' },
  { 'content-type': 'application/json; charset=utf-16; charset=utf-8' },
  { 'content-type': 'application/json', 'content-encoding': 'gzip' },
])(cite('%j is not', 'rfc7591:3:media-type'), (headers) => {
  expect(hasMediaType(request(headers), 'application/json')).toBe(false);
});

test('a content type longer than 256 characters is not read', () => {
  const padded = (length: number) => 'application/json;'.padEnd(length - 1, ' ') + 'x';
  const isJson = (length: number) =>
    hasMediaType(request({ 'content-type': padded(length) }), 'application/json');
  expect([isJson(256), isJson(257)]).toEqual([true, false]);
});

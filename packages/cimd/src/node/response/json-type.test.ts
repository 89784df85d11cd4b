import { expect, test } from 'vitest';
import { isJsonType } from './json-type.ts';

test.each([
  ['application/json', true],
  ['Application/JSON', true],
  [' application/json ', true],
  ['application/json; charset=utf-8', true],
  ['application/json;charset="UTF8"', true],
  ['application/json; profile=x', true],
  ['application/cimd+json', true],
  ['application/jwk-set+json', true],
  ['application/vnd.acme.client.v1+json; charset=utf-8', true],
  ['application/json; charset=utf-16', false],
  ['application/json; charset=utf-8, text/html', false],
  ['application/json; charset', false],
  ['application/json, application/json', false],
  ['application/json text/html', false],
  ['application/+json', true],
  ['application/x/y+json', false],
  ['application/x y+json', false],
  ['application/json+html', false],
  ['application/jsonp', false],
  ['application/json5', false],
  ['text/json', false],
  ['text/x+json', false],
  ['image/svg+json', false],
  [`application/${'x'.repeat(1_000)}+json`, false],
  ['json', false],
  ['', false],
])('decides whether %j is JSON: %j', (contentType, expected) => {
  expect(isJsonType(contentType)).toBe(expected);
});

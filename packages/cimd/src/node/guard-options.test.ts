import { expect, test } from 'vitest';
import { systemResolver } from './address/resolver.ts';
import { readOptions } from './guard-options.ts';

test('options have the documented defaults', () => {
  expect(readOptions({})).toEqual({
    resolver: systemResolver,
    secureContext: undefined,
    allow: [],
    allowOperators: [],
    deny: [],
    resolutionTimeout: 2,
    connectTimeout: 3,
    headersTimeout: 3,
    totalTimeout: 5,
    maxHeaderBytes: 16_384,
    userAgent: 'vestibule',
    now: Date.now,
  });
});

import { expect, test } from 'vitest';
import { mayBeNavigation } from './navigation.ts';

test.each<Record<string, string>>([
  {},
  { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-dest': 'document' },
  { 'sec-fetch-mode': 'cors' },
  { 'sec-purpose': '' },
])('%j may be a person who follows a link', (headers) => {
  expect(mayBeNavigation(new Headers(headers))).toBe(true);
});

test.each<Record<string, string>>([
  ...[
    'image',
    'script',
    'style',
    'empty',
    'iframe',
    'frame',
    'embed',
    'object',
    'video',
    'track',
    'font',
  ].map((destination) => ({ 'sec-fetch-dest': destination })),
  { 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' },
  { 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' },
  { 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch;prerender' },
  { purpose: 'prefetch' },
])('%j is no person who follows a link', (headers) => {
  expect(mayBeNavigation(new Headers(headers))).toBe(false);
});

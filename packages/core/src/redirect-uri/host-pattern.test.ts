import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { canonicalHostPattern, matchesHost } from './host-pattern.ts';

test.each([
  ['app.example', 'app.example', true],
  ['app.example', 'app.example:8443', false],
  ['app.example:8443', 'app.example:8443', true],
  ['app.example', 'a.app.example', false],
  ['*.app.example', 'a.app.example', true],
  ['*.app.example', 'app.example', false],
  ['*.app.example', 'a.b.app.example', false],
  ['*.app.example', 'a.app.example:8443', false],
  ['*.app.example:8443', 'a.app.example:8443', true],
  ['*.example', 'evil-example', false],
  ['*.app.example', 'a.app.exampla', false],
  ['*.localhost', 'localhost', false],
  ['*.1.1.1', '1.1.1.1', true],
])(cite('%s names %s: %s', 'vestibule:metadata:allowed-hosts'), (pattern, host, expected) => {
  expect(matchesHost(pattern, host)).toBe(expected);
});

describe('a pattern is written as hosts of redirect URIs are', () => {
  test.each([
    ['App.Example', 'app.example'],
    ['*.App.Example', '*.app.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['app.example:443', 'app.example'],
    ['app.example:8443', 'app.example:8443'],
    ['[::1]', '[::1]'],
  ])('%s as %s', (pattern, expected) => {
    expect(canonicalHostPattern(pattern)).toBe(expected);
  });

  test.each([
    '',
    '*',
    '*.',
    'a.*.example',
    '**.example',
    'https://app.example',
    'app.example/',
    'a@b',
    'a b',
    'a\\b',
    `${'a'.repeat(64)}.example`,
    `*.${'a.'.repeat(126)}example`,
  ])('%j is none', (pattern) => {
    expect(canonicalHostPattern(pattern)).toBeUndefined();
  });
});

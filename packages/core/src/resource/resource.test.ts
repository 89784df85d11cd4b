import { describe, expect, test } from 'vitest';
import { canonicalResource, sameResource } from './resource.ts';

describe('one resource', () => {
  test.each([
    ['https://api.example', 'https://api.example/'],
    ['https://api.example', 'HTTPS://API.example'],
    ['https://api.example/mcp', 'https://api.example:443/mcp'],
    ['https://api.example/mcp', 'https://API.EXAMPLE/mcp'],
    ['http://localhost:4000', 'http://localhost:4000/'],
    ['urn:example:notes', 'urn:example:notes'],
  ])('%s and %s', (left, right) => {
    expect(sameResource(left, right)).toBe(true);
  });
});

describe('two resources', () => {
  test.each([
    ['https://api.example/mcp', 'https://api.example/mcp/'],
    ['https://api.example/mcp', 'https://api.example/MCP'],
    ['https://api.example/mcp', 'https://api.example/x/../mcp'],
    ['https://api.example/mcp', 'https://api.example/m%63p'],
    ['https://api.example/mcp', 'https://api.example'],
    ['https://api.example', 'https://api.example/?x'],
    ['https://api.example', 'http://api.example'],
    ['https://api.example', 'https://api.example:8443'],
    ['http://localhost', 'http://127.0.0.1'],
    ['urn:example:notes', 'URN:example:notes'],
  ])('%s and %s', (left, right) => {
    expect(sameResource(left, right)).toBe(false);
  });
});

test.each([
  '',
  'notes',
  '/mcp',
  '//api.example',
  'https:///x y',
  'https://api.example/#x',
  'https://user@api.example/',
  'https://api.example\\x',
  'https://api.example/\n',
  'https:api.example',
])('%j is no resource indicator', (value) => {
  expect(canonicalResource(value)).toBeUndefined();
  expect(sameResource(value, value)).toBe(false);
});

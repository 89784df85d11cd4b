import { cite } from '@vestibule/requirements';
import { describe, expect, test } from 'vitest';
import { canonicalResource, sameResource } from './resource.ts';

describe(
  cite(
    'one resource',
    'rfc8707:2:compared',
    'mcp:canonical-server-uri:case',
    'mcp:canonical-server-uri:slash',
  ),
  () => {
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
  },
);

describe(cite('two resources', 'rfc8707:2:compared'), () => {
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
])(
  cite(
    '%j is no resource indicator',
    'rfc8707:2:absolute',
    'rfc8707:2:fragment',
    'mcp:canonical-server-uri:fragment',
  ),
  (value) => {
    expect(canonicalResource(value)).toBeUndefined();
    expect(sameResource(value, value)).toBe(false);
  },
);

import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { protectedResourceMetadata } from './metadata.ts';

test(cite('leaves out what an API does not say', 'rfc9728:2:nothing-empty'), () => {
  const options = { issuer: 'https://id.example', resource: 'https://notes.example/mcp' };
  expect(Object.keys(protectedResourceMetadata({ ...options, scopes: [] }))).toEqual([
    'resource',
    'authorization_servers',
    'bearer_methods_supported',
  ]);
});

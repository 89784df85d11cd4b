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

test('names the authorization server where clients register, if the tokens are of another issuer', () => {
  const options = { issuer: 'https://login.example', resource: 'https://notes.example/mcp' };
  const { authorization_servers: servers } = protectedResourceMetadata({
    ...options,
    authorizationServer: 'https://id.example',
  });
  expect(servers).toEqual(['https://id.example']);
});

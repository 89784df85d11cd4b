import { expect, test } from 'vitest';
import { problemsWithProviderTokens } from './check-realm.ts';

const RESOURCE = 'https://notes.example/mcp';

const api = {
  id: 'notes',
  name: 'Notes',
  resource: RESOURCE,
  scopes: ['read', 'write'],
  openToDynamicClients: true,
};

const provider = { apis: [{ resource: RESOURCE, scopes: ['read', 'write'] }] };

test('a realm has no problems if the provider knows every scope, or if its APIs are others', () => {
  expect(problemsWithProviderTokens({ id: 'main', apis: [api] }, provider)).toEqual([]);
  const other = { ...api, resource: 'https://mail.example', scopes: ['send'], dpop: 'required' } as const;
  expect(problemsWithProviderTokens({ id: 'main', apis: [api, other] }, provider)).toEqual([]);
});

test.each([
  ['a scope that the provider does not know', { scopes: ['read', 'admin'] }, 'the scopes admin'],
  ['tokens that are bound to keys', { dpop: 'offered' }, 'dpop is offered'],
  ['a secret for introspection here', { secretHashes: ['hash'] }, 'a secret for introspection here'],
] as const)('a realm cannot have %s at an API with tokens of the provider', (_, wrong, message) => {
  const problems = problemsWithProviderTokens({ id: 'main', apis: [{ ...api, ...wrong }] }, provider);
  expect(problems).toEqual([expect.stringContaining(message)]);
  expect(problems[0]).toContain('The API notes of the realm main');
});

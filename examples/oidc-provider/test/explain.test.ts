import { expect, test } from 'vitest';
import { explain } from '../src/explain.ts';

const settings = { registration: { reservedNames: ['Acme'] } };

test('an operator sees what each rule changes or refuses, and nothing is registered', async () => {
  const narrowed = await explain('https://id.example', settings, {
    redirect_uris: ['http://localhost:1234/cb'],
    token_endpoint_auth_method: 'client_secret_post',
  });
  expect(narrowed).toContain('token-endpoint-auth-method.none: narrowed');
  const refused = await explain('https://id.example', settings, {
    redirect_uris: ['https://app.example/cb'],
    client_name: 'Acme Notes',
  });
  expect(refused.join()).toContain('client-name.reserved: ');
});

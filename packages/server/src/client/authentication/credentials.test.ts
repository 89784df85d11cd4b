import { cite } from '@vestibule/requirements';
import { expect, test } from 'vitest';
import { credentialsOf } from './credentials.ts';

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const BASIC = `Basic ${btoa('acme:s')}`;

test.each<[string, string | null, string, object]>([
  ['an id alone', null, 'client_id=acme', { method: 'none', clientId: 'acme' }],
  ['Basic', BASIC, '', { method: 'client_secret_basic', clientId: 'acme', secret: 's' }],
  [
    'Basic, and the same id in the body',
    BASIC,
    'client_id=acme',
    { method: 'client_secret_basic', clientId: 'acme', secret: 's' },
  ],
  [
    'a secret in the body',
    null,
    'client_id=acme&client_secret=s',
    { method: 'client_secret_post', clientId: 'acme', secret: 's' },
  ],
  [
    'an assertion',
    null,
    `client_assertion_type=${TYPE}&client_assertion=a.b.c`,
    { method: 'private_key_jwt', assertion: 'a.b.c' },
  ],
  [
    'an assertion and an id',
    null,
    `client_id=acme&client_assertion_type=${TYPE}&client_assertion=a.b.c`,
    { method: 'private_key_jwt', clientId: 'acme', assertion: 'a.b.c' },
  ],
])('one way to authenticate: %s', (_, authorization, body, expected) => {
  expect(credentialsOf(authorization, new URLSearchParams(body))).toEqual(expected);
});

test.each<[string, string | null, string, string]>([
  [
    cite('Basic and a secret', 'rfc6749:2.3:one-method'),
    BASIC,
    'client_id=acme&client_secret=s',
    'invalid_request',
  ],
  [
    cite('Basic and an assertion', 'rfc6749:2.3:one-method'),
    BASIC,
    `client_assertion_type=${TYPE}&client_assertion=x`,
    'invalid_request',
  ],
  [
    cite('a secret and an assertion', 'rfc6749:2.3:one-method'),
    null,
    `client_id=acme&client_secret=s&client_assertion_type=${TYPE}&client_assertion=x`,
    'invalid_request',
  ],
  [
    'a secret and the type of an assertion',
    null,
    `client_secret=s&client_assertion_type=${TYPE}`,
    'invalid_request',
  ],
  ['a bearer token and a secret', 'Bearer x', 'client_id=acme&client_secret=s', 'invalid_request'],
  ['Basic and another id', BASIC, 'client_id=other', 'invalid_request'],
  ['no assertion but its type', null, `client_assertion_type=${TYPE}`, 'invalid_request'],
  ['an assertion without its type', null, 'client_id=acme&client_assertion=x', 'invalid_request'],
  [
    'an assertion of another type',
    null,
    'client_assertion_type=urn:ietf:params:oauth:client-assertion-type:saml2-bearer&client_assertion=x',
    'invalid_request',
  ],
  ['a bearer token', 'Bearer x', 'client_id=acme', 'invalid_client'],
  ['an empty header', '', 'client_id=acme', 'invalid_client'],
  ['an unknown secret', null, 'client_secret=s', 'invalid_client'],
  ['nothing at all', null, '', 'invalid_client'],
])('is refused: %s', (_, authorization, body, error) => {
  expect(credentialsOf(authorization, new URLSearchParams(body))).toMatchObject({ error });
});

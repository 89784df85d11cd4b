import type { ClientAuthentication, Preregistration } from '@vestibule/core';
import { count } from '../output/count.ts';
import type { SheetLine } from '../output/sheet.ts';

/** What an operator decided about a client, for programs: all but the hashes of its secrets. */
export function preregistrationDocument({
  authentication,
  access,
  rememberConsent,
}: Preregistration): object {
  const { method } = authentication;
  return {
    authentication:
      'secretHashes' in authentication
        ? { method, secrets: authentication.secretHashes.length }
        : authentication,
    access,
    rememberConsent,
  };
}

/** The same for people. */
export const preregistrationLines = ({
  authentication,
  access,
  rememberConsent,
}: Preregistration): readonly SheetLine[] => [
  ['authenticates', authenticationLine(authentication)],
  ['may have', access.map(({ resource, scopes }) => `${scopes.join(' ')} at ${resource}`)],
  ['consent', rememberConsent ? 'is remembered' : 'is asked for each time'],
];

function authenticationLine(authentication: ClientAuthentication): string {
  switch (authentication.method) {
    case 'none':
      return 'not at all: it is public';
    case 'client_secret_basic':
    case 'client_secret_post':
      return `with ${authentication.method}, by one of ${count(authentication.secretHashes.length, 'secret')}`;
    case 'private_key_jwt':
      return `with private_key_jwt, by ${authentication.jwksUri === undefined ? count(authentication.jwks?.keys.length ?? 0, 'key') : `the keys at ${authentication.jwksUri}`}`;
  }
}

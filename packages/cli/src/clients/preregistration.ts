import type { ClientAuthentication, Preregistration } from '@vestibule/core';
import { count } from '../output/count.ts';
import type { SheetLine } from '../output/sheet.ts';

/** The terms of a pre-registered client as JSON, without the hashes of its secrets. */
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

/** The terms of a pre-registered client for people. */
export const preregistrationLines = ({
  authentication,
  access,
  rememberConsent,
}: Preregistration): readonly SheetLine[] => [
  ['authentication', authenticationLine(authentication)],
  ['may request', access.map(({ resource, scopes }) => `${scopes.join(' ')} at ${resource}`)],
  ['consent', rememberConsent ? 'remembered' : 'asked for each time'],
];

function authenticationLine(authentication: ClientAuthentication): string {
  switch (authentication.method) {
    case 'none':
      return 'none (public client)';
    case 'client_secret_basic':
    case 'client_secret_post':
      return `${authentication.method}, ${count(authentication.secretHashes.length, 'secret')}`;
    case 'private_key_jwt':
      return `private_key_jwt, ${authentication.jwksUri === undefined ? count(authentication.jwks?.keys.length ?? 0, 'key') : `keys at ${authentication.jwksUri}`}`;
  }
}

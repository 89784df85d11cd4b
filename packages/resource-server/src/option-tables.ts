import { checkOptions, type OptionTable } from './check-options.ts';
import type {
  ApiCredentials,
  IntrospectionOptions,
  ResourceServerOptions,
  RevocationOptions,
} from './options.ts';

const OPTIONS: OptionTable<ResourceServerOptions> = {
  issuer: ['required', 'string'],
  authorizationServer: ['optional', 'string'],
  resource: ['required', 'string'],
  name: ['optional', 'string'],
  scopes: ['optional', 'array'],
  dpop: ['optional', ['off', 'offered', 'required']],
  current: ['optional', 'function'],
  jwksUri: ['optional', 'string'],
  fetch: ['optional', 'function'],
  proofReplays: ['optional', 'object'],
  nonceSecret: ['optional', 'string'],
  revocations: ['optional', 'object'],
  introspection: ['optional', 'object'],
  scopesNow: ['optional', 'function'],
  clock: ['optional', 'function'],
};

const CREDENTIALS: OptionTable<ApiCredentials> = {
  id: ['required', 'string'],
  secret: ['required', 'string'],
};

const REVOCATIONS: OptionTable<RevocationOptions> = {
  credentials: ['required', 'object'],
  uri: ['optional', 'string'],
  refreshSeconds: ['optional', 'number'],
  staleSeconds: ['optional', 'number'],
  maxBytes: ['optional', 'number'],
  maxEntries: ['optional', 'number'],
  withoutList: ['optional', ['refuse', 'accept']],
};

const INTROSPECTION: OptionTable<IntrospectionOptions> = {
  credentials: ['required', 'object'],
  uri: ['optional', 'string'],
  maxAtOnce: ['optional', 'number'],
};

/**
 * Checks the options of a resource server, and those in them.
 *
 * @param of the name of the function that has them
 * @throws TypeError that names each option that is unknown, missing or has the wrong type
 */
export function checkResourceServerOptions(of: string, options: ResourceServerOptions): void {
  checkOptions(of, options, OPTIONS);
  const { revocations, introspection } = options;
  if (revocations !== undefined) {
    checkOptions(`${of}: revocations`, revocations, REVOCATIONS);
    checkOptions(`${of}: revocations.credentials`, revocations.credentials, CREDENTIALS);
  }
  if (introspection !== undefined) {
    checkOptions(`${of}: introspection`, introspection, INTROSPECTION);
    checkOptions(`${of}: introspection.credentials`, introspection.credentials, CREDENTIALS);
  }
}

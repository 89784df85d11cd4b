import { realmSettings } from '@vestibule/core/realm';
import { type Configuration, Provider } from 'oidc-provider';
import { registrationPolicy } from './registration-policy.ts';

/** An oidc-provider where agents register at its own endpoint, under the policy for dynamic clients. */
export function createProvider(issuer: string, yours: Configuration = {}): Provider {
  const settings = realmSettings({ registration: { reservedNames: ['Acme'] } }).registration;
  return new Provider(issuer, {
    ...yours,
    extraClientMetadata: registrationPolicy({ issuer, settings, scopes: [] }),
    features: { registration: { enabled: true }, registrationManagement: { enabled: true } },
  });
}

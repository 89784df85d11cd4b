import { dynamicClientPolicy } from '../../src/policy/dynamic-client-policy.ts';
import { judgeRegistration } from '../../src/policy/judge-registration.ts';
import type { PolicyContext } from '../../src/policy/rule.ts';
import type { Scope } from '../../src/realm/realm.ts';
import { realmSettings } from '../../src/realm/realm-settings.ts';
import type { RegistrationSettings } from '../../src/realm/settings.ts';

const scope = (name: string, openToDynamicClients: boolean): Scope => ({
  name,
  description: name,
  openToDynamicClients,
});
const scopes = [scope('notes:read', true), scope('notes:write', true), scope('notes:admin', false)];

/** The context of a policy in a realm with these settings. */
export const contextWith = (settings: Partial<RegistrationSettings> = {}): PolicyContext => ({
  settings: { ...realmSettings().registration, ...settings },
  scopes,
});

/** Judges a body by the policy for dynamic clients. */
export const judge = (body: unknown, settings?: Partial<RegistrationSettings>) =>
  judgeRegistration(body, dynamicClientPolicy, contextWith(settings));

export const uri = 'https://app.example/cb';
/** The smallest valid body. */
export const basic = { redirect_uris: [uri] };

/** A body with a name in the given number of languages. */
export const tagged = (count: number): object =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`tos_uri#fr-x-${index}`, 'https://a.example']),
  );

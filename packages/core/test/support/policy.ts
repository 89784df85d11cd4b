import { expect } from 'vitest';
import { dynamicClientPolicy } from '../../src/policy/dynamic-client-policy.ts';
import { judgeRegistration } from '../../src/policy/judge-registration.ts';
import type { PolicyContext } from '../../src/policy/rule.ts';
import type { Scope } from '../../src/realm/realm.ts';
import { realmSettings } from '../../src/realm/realm-settings.ts';
import type { RegistrationSettings } from '../../src/realm/registration-settings.ts';

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

/** A body, the rule that refuses it, and the settings under which it does. @default the default settings */
export type RefusalRow = [rule: string, body: unknown, settings?: Partial<RegistrationSettings>];

/** What is judged of a body, with the last entry of the trace beside it. */
export const judgedToTheEnd = (body: unknown, settings?: Partial<RegistrationSettings>) => {
  const judgement = judge(body, settings);
  return { ...judgement, last: judgement.trace.at(-1) };
};

/** A refusal by a rule: the error code that belongs to it, a description for the wire that names it, and the end of the trace. */
export const refusalBy = (rule: string) => ({
  ok: false,
  refusal: {
    rule,
    code: rule.startsWith('redirect-uris') ? 'invalid_redirect_uri' : 'invalid_client_metadata',
    description: expect.stringMatching(/^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/),
  },
  last: { rule, outcome: 'refused' },
});

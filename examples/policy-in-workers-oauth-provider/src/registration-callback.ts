import type { OAuthProviderOptions } from '@cloudflare/workers-oauth-provider';
import { type PolicyContext, dynamicClientPolicy, judgeRegistration } from '@vestibule/core/policy';

type RegistrationCallback = NonNullable<OAuthProviderOptions['clientRegistrationCallback']>;

/**
 * The policy for dynamic clients as a registration callback. A callback can refuse a registration, but not change it: a client that asks
 * for a secret gets one, although the policy would make it a public client.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2 RFC 7591 §3.2.2}
 */
export const registrationCallback =
  (context: PolicyContext): RegistrationCallback =>
  ({ clientMetadata }) => {
    const judged = judgeRegistration(clientMetadata, dynamicClientPolicy, context);
    if (judged.ok) return undefined;
    const { code, description } = judged.refusal;
    return { code, description };
  };

import { type PolicyContext, dynamicClientPolicy, judgeRegistration } from '@vestibule/core/policy';
import { APIError, createAuthMiddleware } from 'better-auth/api';

/**
 * The policy for dynamic clients as a hook of better-auth, before its own registration. What the policy makes of the body replaces it: no
 * client gets a secret, and an app on a computer counts as one.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-3.2.2 RFC 7591 §3.2.2}
 */
export const registrationPolicy = (context: PolicyContext) =>
  createAuthMiddleware(async (ctx) => {
    if (ctx.path !== '/oauth2/register') return;
    const judged = judgeRegistration(ctx.body, dynamicClientPolicy, context);
    if (!judged.ok) {
      const { code, description } = judged.refusal;
      throw new APIError('BAD_REQUEST', { error: code, error_description: description });
    }
    return { context: { ...ctx, body: judged.metadata } };
  });

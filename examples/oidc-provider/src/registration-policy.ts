import { type PolicyContext, dynamicClientPolicy, judgeRegistration } from '@vestibule/core/policy';
import { type Configuration, errors } from 'oidc-provider';

type ExtraClientMetadata = NonNullable<Configuration['extraClientMetadata']>;

/** The routes of `features.registration` that a client sends its metadata to. */
const ROUTES: ReadonlySet<string> = new Set(['registration', 'client_update']);

/**
 * The policy for dynamic clients as a validator of oidc-provider. The validator is called for a member that no client sends, because it
 * is called for members that are listed; what it judges is the body. It runs what `preview()` of a registrar runs, which cannot be called
 * here: a validator must be synchronous.
 */
export function registrationPolicy(context: PolicyContext): ExtraClientMetadata {
  return {
    properties: ['vestibule_policy'],
    validator(ctx, _member, _value, metadata) {
      // It is also called when a stored client is loaded.
      if (ctx === undefined || !ROUTES.has(ctx.oidc.route)) return;
      const judged = judgeRegistration(ctx.oidc.body, dynamicClientPolicy, context);
      if (!judged.ok) throw new errors.InvalidClientMetadata(judged.refusal.description);
      // A public client has no secret, although oidc-provider has already made one if the body asked for it.
      delete metadata.client_secret;
      delete metadata.client_secret_expires_at;
      Object.assign(metadata, judged.metadata);
    },
  };
}

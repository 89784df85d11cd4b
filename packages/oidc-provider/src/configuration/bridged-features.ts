import { type Client, type Configuration, errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';
import { isSelfRegistered } from '../client/client-kind.ts';
import { narrowIntrospected } from '../rules/introspection.ts';
import { readsProofs } from '../rules/require-proof.ts';
import { resourceServerOf } from '../rules/resource-server.ts';
import { mayIntrospect } from './provider-defaults.ts';

type Features = NonNullable<Configuration['features']>;
type Introspection = Extract<NonNullable<Features['introspection']>, { readonly allowedPolicy?: unknown }>;
type Introspected = Parameters<NonNullable<Introspection['allowedPolicy']>>[2];

/** The features that decide about tokens of self-registered clients. For the clients of the provider, its own functions stand. */
export function bridgedFeatures(
  context: BridgeContext,
  features: Features,
): Pick<Features, 'devInteractions' | 'resourceIndicators'> & { readonly introspection?: Introspection } {
  const { devInteractions, resourceIndicators, introspection } = features;
  return {
    devInteractions: { ...devInteractions, enabled: false },
    resourceIndicators: {
      ...resourceIndicators,
      enabled: true,
      defaultResource: async (ctx, client, oneOf) => {
        if (isSelfRegistered(client)) throw new errors.InvalidTarget('resource must name one API');
        const byDefault = resourceIndicators?.defaultResource;
        return byDefault === undefined ? oneOf : byDefault(ctx, client, oneOf);
      },
      // Otherwise a refresh with the scope openid would return a token for userinfo that is good for no API.
      useGrantedResource: async (ctx, source) =>
        isSelfRegistered(ctx.oidc.client) ||
        (await resourceIndicators?.useGrantedResource?.(ctx, source)) === true,
      getResourceServerInfo: async (ctx, resource, client) => {
        const info = resourceIndicators?.getResourceServerInfo;
        if (isSelfRegistered(client)) {
          const areProofsRead = readsProofs(features);
          return resourceServerOf(context, ctx, resource, client, { theirs: info, areProofsRead });
        }
        if (info === undefined) throw new errors.InvalidTarget();
        return info(ctx, resource, client);
      },
    },
    ...(introspection?.enabled === true && {
      introspection: {
        ...introspection,
        allowedPolicy: async (ctx: KoaContextWithOIDC, client: Client, token: Introspected) => {
          // A client with keys of its own is confidential for oidc-provider, and confidential clients may introspect every token.
          if (isSelfRegistered(client) && token.clientId !== client.clientId) return false;
          const theirs = await introspection.allowedPolicy?.(ctx, client, token);
          return (theirs ?? mayIntrospect(client, token)) && narrowIntrospected(context, ctx, token);
        },
      },
    }),
  };
}

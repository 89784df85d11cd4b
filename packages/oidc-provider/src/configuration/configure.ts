import type {
  Adapter,
  AdapterConstructor,
  AdapterFactory,
  Configuration,
  KoaContextWithOIDC,
} from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';
import { clientAdapter } from '../client/client-adapter.ts';
import { isSelfRegistered, KIND } from '../client/client-kind.ts';
import { keyFinder } from '../client/presented-keys.ts';
import { loadApprovedGrant } from '../consent/approval.ts';
import { readsProofs } from '../rules/require-proof.ts';
import { requireRefresh } from '../rules/require-refresh.ts';
import { bridgedFeatures } from './bridged-features.ts';
import { lifetimesWithin } from './lifetimes.ts';
import { policyWithRules } from './interaction-policy.ts';
import { isPkceRequired, isRefreshable, isRotated } from './provider-defaults.ts';
import { problemsOf } from './refuse-configuration.ts';

/**
 * A configuration of oidc-provider for both kinds of clients. For the clients of the provider, every member of the given one stands.
 *
 * @throws TypeError with one line for each member that would let a self-registered client around a rule
 */
export function configured(context: BridgeContext, theirs: Configuration): Configuration {
  const problems = problemsOf(theirs);
  if (problems.length > 0) throw new TypeError(problems.join('\n'));
  const { features = {}, interactions = {}, extraClientMetadata } = theirs;
  const consentUrl = `${new URL(context.issuer).pathname.replace(/\/$/, '')}${context.consentPath}`;

  return {
    ...theirs,
    adapter: bridgedAdapter(context, theirs.adapter),
    extraClientMetadata: {
      ...extraClientMetadata,
      properties: [...(extraClientMetadata?.properties ?? []), KIND],
      // What the team requires of its clients is nothing that an agent could send.
      validator: (ctx, member, value, metadata) =>
        member === KIND || metadata[KIND] !== undefined
          ? undefined
          : extraClientMetadata?.validator?.(ctx, member, value, metadata),
    },
    pkce: {
      ...theirs.pkce,
      required: (ctx, client) =>
        isSelfRegistered(client) || (theirs.pkce?.required ?? isPkceRequired)(ctx, client),
    },
    clientBasedCORS: (ctx, origin, client) =>
      isSelfRegistered(client) || (theirs.clientBasedCORS?.(ctx, origin, client) ?? false),
    issueRefreshToken: async (ctx, client, source) => {
      if (isSelfRegistered(client)) return client.grantTypeAllowed('refresh_token');
      return theirs.issueRefreshToken?.(ctx, client, source) ?? isRefreshable(client, source);
    },
    rotateRefreshToken: async (ctx) => rotates(context, ctx, theirs),
    expiresWithSession: async (ctx, source) => {
      if (isSelfRegistered(ctx.oidc.client)) return false;
      return theirs.expiresWithSession?.(ctx, source) ?? !source.scopes.has('offline_access');
    },
    loadExistingGrant: async (ctx) => {
      if (isSelfRegistered(ctx.oidc.client)) return loadApprovedGrant(ctx);
      return theirs.loadExistingGrant === undefined ? existingGrant(ctx) : theirs.loadExistingGrant(ctx);
    },
    interactions: {
      ...interactions,
      policy: policyWithRules(context, interactions.policy),
      url: async (ctx, interaction) => {
        const isOurs = interaction.prompt.name === 'consent' && isSelfRegistered(ctx.oidc.client);
        if (isOurs) return `${consentUrl}/${interaction.uid}`;
        return interactions.url?.(ctx, interaction) ?? `/interaction/${interaction.uid}`;
      },
    },
    ttl: lifetimesWithin(theirs.ttl),
    features: Object.assign({}, features, bridgedFeatures(context, features)),
  };
}

async function rotates(
  context: BridgeContext,
  ctx: KoaContextWithOIDC,
  { features, rotateRefreshToken: theirs }: Configuration,
): Promise<boolean> {
  const { RefreshToken: token, Client: client } = ctx.oidc.entities;
  if (isSelfRegistered(client)) {
    await requireRefresh(context, ctx, readsProofs(features));
    return true;
  }
  if (typeof theirs === 'boolean') return theirs;
  if (theirs !== undefined) return theirs(ctx);
  return token !== undefined && client !== undefined && isRotated(token, client);
}

/** The default of `loadExistingGrant`. */
async function existingGrant(ctx: KoaContextWithOIDC): ReturnType<typeof loadApprovedGrant> {
  const { result, session, client, provider } = ctx.oidc;
  const grantId = result?.consent?.grantId ?? session?.grantIdFor(client?.clientId ?? '');
  return grantId ? provider.Grant.find(grantId) : undefined;
}

/** Opens an adapter as oidc-provider does, and puts ours before that of clients. */
function bridgedAdapter(context: BridgeContext, theirs: Configuration['adapter']): AdapterFactory {
  const findKeys = keyFinder(context);
  return (name) => {
    const adapter = openAdapter(theirs, name);
    return name === 'Client' ? clientAdapter(context, adapter, findKeys) : adapter;
  };
}

function openAdapter(theirs: Configuration['adapter'], name: string): Adapter {
  if (theirs === undefined) throw new TypeError('adapter is missing.');
  return isConstructor(theirs) ? new theirs(name) : theirs(name);
}

function isConstructor(theirs: AdapterConstructor | AdapterFactory): theirs is AdapterConstructor {
  try {
    Reflect.construct(Object, [], theirs);
    return true;
  } catch {
    return false;
  }
}

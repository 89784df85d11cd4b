import {
  type Client,
  parseRedirectUri,
  parseScope,
  passesResponsesOn,
  registrationOf,
  vendorNamed,
} from '@vestibule/core';
import { vendorsOf } from '@vestibule/core/realm';
import { statementIssuerOf } from '@vestibule/core/registration';
import type { ConsentView } from '@vestibule/server';
import { errors, type Interaction } from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';
import { findCurrent } from '../client/current-client.ts';
import { type Allowed, requireGates } from '../rules/ask-gates.ts';
import { idleLifetime } from '../rules/idle-lifetime.ts';
import { requireRedirect } from '../rules/require-rules.ts';

/** Everything that the person decides about, for a consent page: what is a claim of the client, and what is a fact. */
export type ConsentFacts = Pick<
  ConsentView,
  'realmName' | 'client' | 'api' | 'scopes' | 'durations' | 'lasts' | 'person'
>;

/** The facts, and what they were made of. */
export interface ConsentCase {
  readonly facts: ConsentFacts;
  readonly allowed: Allowed;
  /** The resource as the client spelled it, which oidc-provider compares. */
  readonly resource: string;
}

/**
 * The facts about a self-registered client that asks for access in an interaction. Read anew each time: a gate may have been closed, and
 * the client may have replaced its registration.
 *
 * @throws an error of oidc-provider if the client must not act, or a gate is closed
 */
export async function consentCase(context: BridgeContext, interaction: Interaction): Promise<ConsentCase> {
  const { params, session } = interaction;
  const text = (name: string): string => {
    const value = params[name];
    return typeof value === 'string' ? value : '';
  };
  const clientId = text('client_id');
  const resource = text('resource');
  const requested = parseScope(text('scope')) ?? [];
  const [allowed, current] = await Promise.all([
    requireGates(context, { clientId, resource, requested, isInteraction: true }),
    findCurrent(context, clientId, true),
  ]);
  if (session?.accountId === undefined) throw new errors.LoginRequired();
  const { realm, api, scopes } = allowed;
  requireRedirect(realm, allowed.client, text('redirect_uri'));
  const standing = current?.standing;
  if (standing?.kind !== 'good' && standing?.kind !== 'asleep') throw new errors.AccessDenied();
  return {
    allowed,
    resource,
    facts: {
      realmName: realm.name,
      client: clientView(
        context,
        allowed,
        text('redirect_uri'),
        standing.kind === 'asleep' ? standing.since : undefined,
      ),
      api: { name: api.name, resource: api.resource },
      scopes: realm.scopes
        .filter(({ name }) => scopes.includes(name))
        .map(({ name, description }) => ({ name, description })),
      durations: realm.settings.consent.durations,
      lasts: allowed.client.grantTypes.includes('refresh_token')
        ? idleLifetime(allowed.client, realm)
        : realm.settings.lifetimes.accessToken,
      person: {
        subject: session.accountId,
        name: (await context.nameOf?.(session.accountId)) ?? session.accountId,
      },
    },
  };
}

/**
 * The client as the page displays it. Its host has verified the client of a document only if the person is sent to that host; a statement
 * issuer has if the realm trusts it. Every other name is [unverified].
 */
function clientView(
  { rules }: BridgeContext,
  { client, realm }: Pick<Allowed, 'client' | 'realm'>,
  redirectUri: string,
  asleepSince: number | undefined,
): ConsentFacts['client'] {
  const destination = parseRedirectUri(redirectUri);
  if (!destination.ok) throw new errors.InvalidRedirectUri();
  const { uri } = destination;
  const isPassedOn = uri.kind === 'https' && passesResponsesOn(uri.host, vendorsOf(realm, rules.vendors));
  const documentHost = client.kind === 'metadata-document' ? new URL(client.document.uri).host : undefined;
  const isSentHome = uri.kind === 'https' && !isPassedOn && uri.host === documentHost;
  const verifiedBy = isSentHome ? documentHost : statementIssuerOf(client, realm)?.name;
  const claimsToBe =
    uri.kind === 'loopback' && verifiedBy === undefined
      ? vendorNamed(client, realm, rules.vendors)
      : undefined;
  return {
    name: client.name,
    issuedAt: client.issuedAt,
    destination: uri,
    ...(verifiedBy !== undefined && { verifiedBy }),
    ...(documentHost !== undefined && { documentHost }),
    ...(claimsToBe !== undefined && { claimsToBe }),
    ...((uri.kind !== 'https' || isPassedOn) && isPublic(client) && { canBeImitated: true }),
    ...(registrationOf(client).accessTokenHash !== undefined && { mayHaveChanged: true }),
    ...(asleepSince !== undefined && { asleepSince }),
  };
}

const isPublic = (client: Client): boolean =>
  client.kind !== 'metadata-document' || client.document.authentication?.accepts !== 'private_key_jwt';

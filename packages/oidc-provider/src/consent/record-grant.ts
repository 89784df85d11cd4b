import { after, type Instant } from '@vestibule/core';
import type { Interaction } from 'oidc-provider';
import type { BridgeContext } from '../bridge-context.ts';
import { type Choice, lifetimeOf } from './approve.ts';
import type { ConsentCase } from './consent-facts.ts';

/**
 * Records a grant of oidc-provider in our store, under the same id. There it is found by its client and by its person, so that an operator
 * who blocks the client ends it, and a person can end it. Tokens of it are refused from then on.
 */
export async function recordGrant(
  { grants }: Pick<BridgeContext, 'grants'>,
  interaction: Interaction,
  { facts, allowed }: ConsentCase,
  { scopes, duration }: Choice,
  { grantId: id, at }: { readonly grantId: string; readonly at: Instant },
): Promise<void> {
  const { id: realm, settings } = allowed.realm;
  const { transaction, code } = settings.lifetimes;
  const { name, verifiedBy, destination } = facts.client;
  await grants.insert({
    realm,
    id,
    clientId: allowed.client.id,
    subject: facts.person.subject,
    resource: facts.api.resource,
    scopes,
    createdAt: at,
    // Until its code is exchanged.
    expiresAt: after(at, transaction + code),
    ...(duration !== 'until-revoked' && { endsAt: after(at, lifetimeOf(duration)) }),
    // When the person signed in is known to oidc-provider alone.
    authentication: { at, methods: interaction.session?.amr ?? [] },
    displayed: { name, redirectUri: destination.raw, ...(verifiedBy !== undefined && { verifiedBy }) },
  });
}

/** Opens a recorded grant, because its code is exchanged. Does nothing if it was opened or ended before. */
export async function openGrant(
  { grants, realm, clock }: Pick<BridgeContext, 'grants' | 'realm' | 'clock'>,
  id: string,
): Promise<void> {
  const unopened = await grants.findUnopened(realm, id);
  if (unopened === undefined) return;
  const at = clock();
  const expiresAt = unopened.endsAt ?? after(at, lifetimeOf('until-revoked'));
  await grants.open({ realm, id, at, expiresAt });
}

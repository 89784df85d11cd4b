import type { ServerStores } from '../ports/stores.ts';
import { after, type Realm } from '@vestibule/core';
import type { Grant } from '../records/grant.ts';
import type { BoundInteraction } from '../authorization-request/interaction.ts';
import type { Decision } from '../authorization-request/interaction.ts';
import { codeFor, codeKey, grantIdFor } from './code.ts';

type Approval = Decision & { readonly kind: 'approved' };

/**
 * Stores the grant of a decision before its code is requested, so that everything that ends grants from then on, for example
 * a block, ends it as well. Idempotent.
 */
export async function keepGrant(
  context: Pick<ServerStores, 'grants'>,
  realm: Realm,
  bound: BoundInteraction,
  approval: Approval,
): Promise<Grant> {
  const { clientId, resource } = bound.interaction.request;
  const { subject, scopes, at, authentication, endsAt, displayed } = approval;
  const grant: Grant = {
    realm: realm.id,
    id: await grantIdFor(await codeFor(bound.browserSecret, bound.interaction.id)),
    clientId,
    subject,
    resource,
    scopes,
    createdAt: at,
    expiresAt: after(at, realm.settings.lifetimes.code),
    authentication,
    ...(endsAt !== undefined && { endsAt }),
    ...(displayed !== undefined && { displayed }),
  };
  await context.grants.insert(grant);
  return grant;
}

/**
 * Issues the code of an approved interaction. Idempotent: a repetition returns the same code and changes nothing. Its
 * lifetime counts from the approval, so opening the page late does not extend it.
 */
export async function issueCode(
  context: Pick<ServerStores, 'codes' | 'grants'>,
  realm: Realm,
  bound: BoundInteraction,
  approval: Approval,
): Promise<string> {
  const { redirectUri, codeChallenge, nonce, proofKey } = bound.interaction.request;
  const code = await codeFor(bound.browserSecret, bound.interaction.id);
  const grant = await keepGrant(context, realm, bound, approval);
  const { id: grantId, clientId, subject, resource, scopes, authentication, endsAt, expiresAt } = grant;
  await context.codes.put(
    realm.id,
    await codeKey(code),
    {
      grantId,
      clientId,
      subject,
      redirectUri,
      codeChallenge,
      resource,
      scopes,
      authentication,
      refreshable: approval.refreshable,
      ...(endsAt !== undefined && { endsAt }),
      ...(nonce !== undefined && { nonce }),
      ...(proofKey !== undefined && { proofKey }),
    },
    expiresAt,
  );
  return code;
}

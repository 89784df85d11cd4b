import type { ServerStores } from '../ports/stores.ts';
import { after, type Realm } from '@vestibule/core';
import type { Grant } from '../records/grant.ts';
import type { BoundInteraction } from '../authorization-request/interaction.ts';
import type { Decision } from '../authorization-request/interaction.ts';
import { codeFor, codeKey, grantIdFor } from './code.ts';

type Approval = Decision & { readonly kind: 'approved' };

/**
 * Keeps what a person has just allowed, before its code is asked for: whatever ends what a client was allowed from then on,
 * a block for one, ends this too. Doing it again changes nothing.
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
 * Issues the one code of an approved interaction. Doing it again gives the same code and changes nothing: its life is
 * counted from the approval, so a page that is opened late brings none back.
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

import type { ServerStores } from '../ports/stores.ts';
import { after } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { Grant } from '../records/grant.ts';
import type { BoundInteraction, Decision } from '../authorization-request/interaction.ts';
import { codeFor, codeKey, grantIdFor } from './code.ts';

type Approval = Decision & { readonly kind: 'approved' };

/** How long an approval can be exchanged. */
const expiryOf = ({ at }: Approval, { settings }: Realm) => after(at, settings.lifetimes.code);

/**
 * The grant of an approval. It is stored in the same change as the decision, before its code is requested, so that everything
 * that ends grants from then on, for example a block, ends it as well.
 */
export function grantFor(
  realm: Realm,
  { browserSecret, interaction }: BoundInteraction,
  approval: Approval,
): Grant {
  const { clientId, resource } = interaction.request;
  const { subject, scopes, at, authentication, endsAt, displayed } = approval;
  return {
    realm: realm.id,
    id: grantIdFor(codeFor(browserSecret, interaction.id)),
    clientId,
    subject,
    resource,
    scopes,
    createdAt: at,
    expiresAt: expiryOf(approval, realm),
    authentication,
    ...(endsAt !== undefined && { endsAt }),
    ...(displayed !== undefined && { displayed }),
  };
}

/**
 * Issues the code of an approved interaction. Idempotent: a repetition returns the same code and changes nothing. Its
 * lifetime counts from the approval, so opening the page late does not extend it.
 */
export async function issueCode(
  { codes }: Pick<ServerStores, 'codes'>,
  realm: Realm,
  { browserSecret, interaction }: BoundInteraction,
  approval: Approval,
): Promise<string> {
  const { redirectUri, codeChallenge, nonce, proofKey } = interaction.request;
  const code = codeFor(browserSecret, interaction.id);
  const bound = {
    grantId: grantIdFor(code),
    redirectUri,
    codeChallenge,
    refreshable: approval.refreshable,
    ...(nonce !== undefined && { nonce }),
    ...(proofKey !== undefined && { proofKey }),
  };
  await codes.put(realm.id, codeKey(code), bound, expiryOf(approval, realm));
  return code;
}

import type { Change } from '../ports/commit.ts';
import { after, type Client, type Instant, isWorthNoting } from '@vestibule/core';
import type { Realm } from '@vestibule/core/realm';
import type { BoundMethod, Grant } from '../records/grant.ts';
import type { BoundInteraction, Decision, Interaction } from '../authorization-request/interaction.ts';
import { codeFor, codeKey, grantIdFor } from './code.ts';

type Approval = Decision & { readonly kind: 'approved' };

/**
 * When the grant of an approval can no longer be opened. If the tokens come from a provider, its code exists only when they were
 * obtained, at the latest at the end of the interaction.
 */
const openableUntil = (approval: Approval, realm: Realm, { expiresAt }: Interaction): Instant =>
  approval.issuedBy === 'provider'
    ? after(expiresAt, realm.settings.lifetimes.code)
    : expiryOf(approval, realm);

/** How long an approval can be exchanged. */
const expiryOf = ({ at }: Approval, { settings }: Realm) => after(at, settings.lifetimes.code);

/**
 * The grant of an approval. It is stored in the same change as the decision, before its code is requested, so that everything
 * that ends grants from then on, for example a block, ends it as well.
 *
 * @param clientMethod the method of client authentication that it is bound to
 */
export function grantFor(
  realm: Realm,
  { browserSecret, interaction }: BoundInteraction,
  approval: Approval,
  clientMethod: BoundMethod | undefined,
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
    expiresAt: openableUntil(approval, realm, interaction),
    authentication,
    ...(endsAt !== undefined && { endsAt }),
    ...(clientMethod !== undefined && { clientMethod }),
    ...(displayed !== undefined && { displayed }),
  };
}

/** The changes that store a code with the use of its client. */
export type CodeIssue = Extract<Change, { readonly kind: 'code.insert' | 'client.use' }>;

/** The code of an approved interaction, and the change that stores it. */
export interface IssuedCode {
  readonly code: string;
  readonly insertion: Extract<Change, { readonly kind: 'code.insert' }>;
}

/**
 * The code of an approved interaction: the same one for each repetition. Its lifetime counts from the approval, so opening the
 * page late does not extend it.
 */
export function issueCode(
  realm: Realm,
  { browserSecret, interaction }: BoundInteraction,
  approval: Approval,
): IssuedCode {
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
  const key = codeKey(code);
  const expiresAt = expiryOf(approval, realm);
  return { code, insertion: { kind: 'code.insert', realm: realm.id, key, code: bound, expiresAt } };
}

/** The changes that store the code of an approval with the use of its client. */
export const issueAtOnce = (
  realm: Realm,
  bound: BoundInteraction,
  approval: Approval,
  client: Client,
): readonly CodeIssue[] => [
  issueCode(realm, bound, approval).insertion,
  ...noting(realm, client, approval.at),
];

/** The change that notes the use of an approved client, if it is worth noting. */
export function noting(realm: Realm, client: Client, at: Instant): readonly CodeIssue[] {
  const isNoted = isWorthNoting(client, realm.settings.lifecycle, at);
  return isNoted ? [{ kind: 'client.use', realm: realm.id, id: client.id, at }] : [];
}

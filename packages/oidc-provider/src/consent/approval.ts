import type { Grant, InteractionResults, KoaContextWithOIDC } from 'oidc-provider';

/** The member of an interaction's result that only the consent page of this package writes. */
const APPROVED = 'vestibule';

/** The result of an interaction whose person approved on the consent page of this package. */
export const approval = (grantId: string): InteractionResults => ({
  consent: { grantId },
  [APPROVED]: { grantId },
});

/** The grant that the person has just approved on the consent page of this package. `undefined` for a consent of other pages. */
export function approvedGrantOf(result: InteractionResults | undefined): string | undefined {
  const approved = result?.[APPROVED];
  const grantId =
    typeof approved === 'object' && approved !== null && 'grantId' in approved && approved.grantId;
  return typeof grantId === 'string' && grantId === result?.consent?.grantId ? grantId : undefined;
}

/** The grant of a self-registered client: the one of this authorization, and never one of an earlier. */
export async function loadApprovedGrant(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const grantId = approvedGrantOf(ctx.oidc.result);
  return grantId === undefined ? undefined : ctx.oidc.provider.Grant.find(grantId);
}

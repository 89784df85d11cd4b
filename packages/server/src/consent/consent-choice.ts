import { after, type Instant } from '@vestibule/core';
import type { GrantDuration } from '@vestibule/core/realm';
import type { Decision } from '../authorization-request/interaction.ts';
import type { ConsentCase } from './decide-consent.ts';

/** The content of a posted consent form. */
export type ConsentChoice =
  | { readonly kind: 'approved'; readonly scopes: readonly string[]; readonly endsAt?: Instant }
  | { readonly kind: 'denied' }
  /** Approved with no scope selected. */
  | { readonly kind: 'nothing-ticked' }
  /** Something that the page did not offer. */
  | { readonly kind: 'not-offered' };

/** Everything except an approval is a denial. */
export const isApproval = (fields: URLSearchParams): boolean => fields.get('decision') === 'approve';

/** Reads a consent form against the offer: a person can allow less than was requested, never more. */
export function readChoice(
  fields: URLSearchParams,
  { scopes, held, realm }: ConsentCase,
  now: Instant,
): ConsentChoice {
  if (!isApproval(fields)) return { kind: 'denied' };
  const offered = [...scopes, ...held];
  const ticked = fields.getAll('scope');
  const lasting = fields.getAll('lasting');
  const duration = realm.settings.consent.durations.find((one) => lasting[0] === String(one));
  const isOffered = ticked.every((name) => offered.includes(name));
  if (!isOffered || duration === undefined || lasting.length > 1) return { kind: 'not-offered' };
  if (ticked.length === 0) return { kind: 'nothing-ticked' };
  const chosen = offered.filter((name) => ticked.includes(name));
  return { kind: 'approved', scopes: chosen, ...endOf(duration, now) };
}

const endOf = (duration: GrantDuration, now: Instant): { readonly endsAt?: Instant } =>
  duration === 'until-revoked' ? {} : { endsAt: after(now, duration) };

/** Whether a repeated or late form contains the decision that was made, with all scopes and the same duration. */
export function isSameAnswer(fields: URLSearchParams, decision: Decision): boolean {
  if (!isApproval(fields)) return decision.kind === 'denied';
  const ticked = new Set(fields.getAll('scope'));
  return (
    decision.kind === 'approved' &&
    isSameLength(fields.getAll('lasting'), decision) &&
    decision.scopes.length === ticked.size &&
    decision.scopes.every((name) => ticked.has(name))
  );
}

/** Whether a posted duration has the same end as the approved one. */
function isSameLength(
  [lasting, ...more]: readonly string[],
  { at, endsAt }: Decision & { readonly kind: 'approved' },
): boolean {
  if (lasting === undefined || more.length > 0) return false;
  return lasting === 'until-revoked' ? endsAt === undefined : after(at, Number(lasting)) === endsAt;
}

import type { AuditFacts, RegistrationEvent } from '../audit/event.ts';
import { type InitialAccessToken, isSpent } from './initial-access-token.ts';
import type { Refusal } from '../refusal.ts';
import type { Admitted } from './admit.ts';
import type { Options } from './registrar-options.ts';
import type { RegistrationOutcome } from './outcome.ts';

type Surroundings = Pick<Options, 'audit' | 'clock'>;

/** Takes a refusal down, and says what to answer: whoever comes with a token that is spent is told that and no more. */
export async function refuse(
  options: Surroundings,
  admitted: Admitted,
  refusal: Refusal,
): Promise<RegistrationOutcome> {
  const { token } = admitted;
  if (token !== undefined && isSpent(token)) return refuseSpent(options, admitted, token);
  const { rule, description } = refusal;
  await record(options, admitted, { type: 'registration.refused', rule, description });
  return { outcome: 'refused', refusal };
}

/** Takes down that a token has no use left, and says so. */
export async function refuseSpent(
  options: Surroundings,
  admitted: Admitted,
  { id: initialAccessTokenId }: InitialAccessToken,
): Promise<RegistrationOutcome> {
  await record(options, admitted, {
    type: 'registration.unauthorized',
    reason: 'spent',
    initialAccessTokenId,
  });
  return { outcome: 'unauthorized', token: 'invalid' };
}

const record = (
  { audit, clock }: Surroundings,
  { realm, source }: Admitted,
  event: AuditFacts<RegistrationEvent>,
): Promise<void> => audit.record({ ...event, realm: realm.id, at: clock(), ip: source.ip });

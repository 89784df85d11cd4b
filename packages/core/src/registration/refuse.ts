import type { AuditFacts } from '../audit/event.ts';
import type { RegistrationEvent } from '../audit/registration-event.ts';
import { type InitialAccessToken, isSpent } from './initial-access-token.ts';
import type { Refusal } from '../refusal.ts';
import type { Admitted } from './admit.ts';
import type { Options } from './registrar-options.ts';
import type { RegistrationOutcome } from './outcome.ts';

type Surroundings = Pick<Options, 'audit' | 'clock'>;

/** Records a refusal and returns the response. A used-up token gets only the response that it is used up. */
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

/** Records that a token is used up, and returns that. */
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

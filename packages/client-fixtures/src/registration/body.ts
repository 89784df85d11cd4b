import type { Fixture, RegistrationBody } from '../fixture/fixture.ts';
import type { Server } from '../server/discover.ts';

/**
 * The body that an agent sends to this server: the recorded body, with the scopes that this server advertises, because
 * agents request the advertised scopes.
 */
export function registrationBody(
  { registration, scope: habit }: Fixture,
  { scopes }: Pick<Server, 'scopes'>,
): RegistrationBody {
  const { scope: _recorded, ...body } = registration;
  if (habit === 'none') return body;
  if (scopes !== undefined) return { ...body, scope: scopes.join(' ') };
  return habit === 'advertised-or-empty' ? { ...body, scope: '' } : body;
}

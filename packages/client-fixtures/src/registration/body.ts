import type { Fixture, RegistrationBody } from '../fixture/fixture.ts';
import type { Server } from '../server/discover.ts';

/**
 * What an agent sends to this server: the body as it was recorded, but with the scopes that this server advertises in
 * the place of those of the server it was recorded with, because agents ask for what they are offered.
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

import type { RegistrationSettings } from '@vestibule/core/realm';
import type { Person } from '../http/html-form.ts';
import { RESOURCE, SCOPE } from './target.ts';

/** No limit is reached: the load comes from one address. */
const UNLIMITED = 1_000_000_000;

/** The person who approves every client. */
export const PERSON: Person = { username: 'bench', password: 'bench-password' };

/** The id of the API that all tokens are for. */
export const API = 'measured';

/**
 * The seed of the measured server. Only limits and the reading time of people differ from the defaults.
 *
 * @param registration further settings for registration
 */
export const measuredRealm = (registration: Partial<Pick<RegistrationSettings, 'persistence'>> = {}) => ({
  realm: {
    id: 'main',
    name: 'Measured server',
    settings: {
      registration: {
        open: true,
        ...registration,
        limits: {
          attemptsPerAddressPerHour: UNLIMITED,
          perAddressPerHour: UNLIMITED,
          perRealmPerDay: UNLIMITED,
          updatesPerRealmPerDay: UNLIMITED,
          perOriginPerHour: UNLIMITED,
          perRedirectUrisPerHour: UNLIMITED,
          authorizationsPerAddressPerHour: UNLIMITED,
          awakeClients: UNLIMITED,
          organizationPercentOfDay: 100,
          organizationPercentOfHour: 100,
        },
      },
      metadataDocuments: {
        open: true,
        limits: { perAddressPerHour: UNLIMITED, perHostPerDay: UNLIMITED, perRealmPerDay: UNLIMITED },
      },
      // Growth to a million clients takes longer than an hour on a slow machine.
      lifecycle: { unused: 360_000 },
      consent: { minimumReadingTime: 0 },
      limits: {
        tokenRequestsPerAddressPerHour: UNLIMITED,
        tokenRequestsPerClientPerHour: UNLIMITED,
        pendingAuthorizations: UNLIMITED,
        organizationPercentOfPending: 100,
      },
    },
  },
  scopes: [{ name: SCOPE, description: 'Read', openToDynamicClients: true }],
  apis: [{ id: API, name: 'Measured API', resource: RESOURCE, scopes: [SCOPE], openToDynamicClients: true }],
  people: [{ ...PERSON, name: 'Bench' }],
});

import { STATEMENT_ISSUER } from '@vestibule/testing/statement-issuer';
import { NO_WAIT, OPEN_SEED, type SeedFile } from '../../support/app.ts';

/** The open realm of the other tests, with management and a trusted statement issuer. */
export const MANAGED_SEED: SeedFile = {
  ...OPEN_SEED,
  realm: {
    ...OPEN_SEED.realm,
    settings: {
      consent: NO_WAIT,
      registration: {
        ...OPEN_SEED.realm.settings?.registration,
        mode: 'both',
        management: { enabled: true },
        softwareStatements: {
          issuers: [{ ...STATEMENT_ISSUER, name: 'The Guild' }],
        },
      },
    },
  },
};

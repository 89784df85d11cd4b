import { afterAll, beforeAll } from 'vitest';
import { OPEN_SEED, openApp, type OpenAppOptions, type SeedFile, type TestApp } from '../../support/app.ts';

/** Attacks are many, and come from one address. */
const NO_LIMITS = {
  attemptsPerAddressPerHour: 1_000_000,
  perAddressPerHour: 1_000_000,
  perRealmPerDay: 1_000_000,
  perRedirectUrisPerHour: 1_000_000,
  authorizationsPerAddressPerHour: 1_000_000,
};

/**
 * One reference app for all attacks of a file: the effects of an attack stay for the following ones.
 *
 * @returns gives the app, once it is up
 */
export function attackedApp(seed: SeedFile = OPEN_SEED, options: OpenAppOptions = {}): () => TestApp {
  let app: TestApp | undefined;
  beforeAll(async () => {
    app = await openApp(seed, options);
    await app.change(({ settings, ...realm }) => ({
      ...realm,
      settings: {
        ...settings,
        registration: { ...settings.registration, limits: { ...settings.registration.limits, ...NO_LIMITS } },
      },
    }));
  });
  afterAll(() => app?.stop());
  return () => {
    if (app === undefined) throw new Error('The app is not up yet.');
    return app;
  };
}

import type { GuardedFetch } from '@vestibule/cimd';
import type { GuardedFetchOptions } from '@vestibule/cimd/node';

/**
 * `createGuardedFetch()` of `@vestibule/cimd/node`, which is loaded when something is fetched for the first time.
 *
 * @param options checked at the first fetch
 */
export function lazyGuardedFetch(options: GuardedFetchOptions = {}): GuardedFetch {
  let loaded: Promise<GuardedFetch> | undefined;
  const load = async (): Promise<GuardedFetch> => {
    const { createGuardedFetch } = await import('@vestibule/cimd/node');
    return createGuardedFetch(options);
  };
  return {
    fetch: async (request) => {
      loaded ??= load();
      return (await loaded).fetch(request);
    },
  };
}

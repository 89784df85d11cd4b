import type { Clock } from '@vestibule/core';
import type { Configuration } from 'openid-client';
import type { UpstreamFailure } from './failure.ts';
import { judgeError } from './judge-error.ts';
import type { Provider } from './provider.ts';

/**
 * Uses the provider as it is now, and returns what `failed` makes of a failure: one of the provider, or one of the action.
 *
 * @param sent a token that the action sends: it is left out of what is said about the failure @default none
 */
export async function useProvider<Outcome>(
  provider: Provider,
  clock: Clock,
  action: (configuration: Configuration) => Promise<Outcome>,
  failed: (failure: UpstreamFailure) => Outcome,
  sent?: string,
): Promise<Outcome> {
  const found = await provider.current(clock());
  if (!found.ok) return failed(found.failure);
  try {
    return await action(found.configuration);
  } catch (error) {
    return failed(judgeError(error, sent));
  }
}

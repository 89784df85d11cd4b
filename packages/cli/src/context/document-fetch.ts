import type { GuardedFetch } from '@vestibule/cimd';
import { readGuardedFetch } from '@vestibule/node/environment';
import type { CommandContext } from './command-context.ts';

/** What metadata documents are fetched with: what the caller gave, otherwise what the server would use. */
export const documentFetchOf = ({
  documentFetch,
  env,
}: Pick<CommandContext, 'documentFetch' | 'env'>): GuardedFetch => documentFetch ?? readGuardedFetch(env);

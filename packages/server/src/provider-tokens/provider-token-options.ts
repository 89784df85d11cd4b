import type { LeaseStore } from '@vestibule/core';
import type { ProviderTokenStore } from '../ports/provider-token-store.ts';
import type { TokenProvider } from './token-provider.ts';

/** A provider whose tokens some APIs accept, and where its tokens are stored. */
export interface ProviderTokenOptions {
  readonly provider: TokenProvider;
  /** Where its tokens are stored, encrypted by `keyCipher`. */
  readonly store: ProviderTokenStore;
  /** Of concurrent refreshes of a grant, on whatever nodes, one at a time asks the provider. */
  readonly leases: LeaseStore;
}

import { isStoreUnavailable, type StoreUnavailable } from './store-unavailable.ts';

/** Thrown if the public keys of a party, which it publishes itself, cannot be fetched at the moment. */
export interface KeysUnavailable extends StoreUnavailable {
  readonly keys: {
    /** Whose keys, as messages name it: `the client 'acme'`. */
    readonly owner: string;
    /** Why, in a word: `address`, `timeout`, `status`, … */
    readonly reason: string;
    /** Why, in a sentence for the operator. */
    readonly detail: string;
  };
}

/** Whether an error means that the public keys of a party cannot be fetched at the moment. */
export const isKeysUnavailable = (error: unknown): error is KeysUnavailable =>
  isStoreUnavailable(error) && 'keys' in error;

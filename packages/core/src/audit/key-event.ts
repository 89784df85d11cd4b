import type { SigningAlgorithm } from '../realm/settings.ts';
import type { Instant } from '../time.ts';
import type { Acted, Happened } from './happened.ts';

/** Changes of a realm's signing keys. */
export type KeyEvent =
  | (Happened & {
      /** A signing key was generated and published. */
      readonly type: 'key.made';
      /** The id of the key in the JWK Set. */
      readonly kid: string;
      /** The algorithm of its signatures. */
      readonly algorithm: SigningAlgorithm;
      /** When it begins to sign. */
      readonly signsFrom: Instant;
    })
  | (Happened & {
      /** A signing key was deleted, and is not published any more. */
      readonly type: 'key.retired';
      /** The id of the key in the JWK Set. */
      readonly kid: string;
    })
  /** Keys that clients are sealed with which are not stored yet. */
  | (Happened & {
      readonly type:
        /** A key was generated that encrypts clients which are not stored yet. */
        | 'sealing-key.made'
        /** A key was deleted that encrypted clients which are not stored yet. Nothing it encrypted is valid any more. */
        | 'sealing-key.retired';
      /** The id of the key. */
      readonly kid: string;
    })
  | (Acted & {
      /** An operator replaced the keys. */
      readonly type: 'keys.replaced';
      /** Whether the old keys are compromised, so that they were not published any more at once. */
      readonly compromised: boolean;
    });

/** What happens to the public keys of clients and statement issuers, where they publish them themselves. */
export type PublishedKeysEvent = Happened & {
  /** The keys could not be fetched, so that what they have signed cannot be accepted. */
  readonly type: 'jwks.unavailable';
  /** Whose keys: `the client 'acme'`. */
  readonly owner: string;
  /** Why: `resolution`, `address`, `timeout`, `status`, … */
  readonly reason: string;
  /** What the operator needs to find the cause. */
  readonly detail: string;
};

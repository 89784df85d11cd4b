import type { TraceEntry } from '../policy/rule.ts';
import type { OfNamedClient, OfRefusal } from './event-members.ts';
import type { Happened } from './happened.ts';

/** What happens to the metadata documents of clients. */
export type DocumentEvent =
  | (Happened &
      DocumentFacts & {
        /** A client became known by its document. */
        readonly type: 'document.accepted';
      })
  | (Happened &
      DocumentFacts & {
        /** The document of a known client has changed. */
        readonly type: 'document.changed';
        /** The members of the client that differ from before, such as `redirectUris`. */
        readonly changed: readonly string[];
        /**
         * Whether the app is another one for people: its names, its redirect hosts or its authentication have changed, and what they
         * allowed before does not count for the next consent.
         */
        readonly isAskedAgain?: true;
      })
  | (Happened &
      OfRefusal & {
        /** A URL or its document is not acceptable. */
        readonly type: 'document.refused';
        /** The URL, quoted and shortened, because the sender chose it. */
        readonly claimedClientId: string;
        /** It was the snapshot in the settings. */
        readonly isSnapshot?: true;
      })
  | (Happened & {
      /** A document could not be fetched. */
      readonly type: 'document.unavailable';
      /** The URL, quoted and shortened, because the sender chose it. */
      readonly claimedClientId: string;
      /** Why: `resolution`, `address`, `timeout`, `status`, … */
      readonly reason: string;
      /** What the operator needs to find the cause. */
      readonly detail: string;
      /** An earlier copy of the document is used meanwhile. */
      readonly isStaleUsed?: true;
      /** The snapshot in the settings is used meanwhile. */
      readonly isSnapshotUsed?: true;
    })
  | (Happened & {
      /** A document was not fetched or not stored because of a limit. Recorded for the first one of its kind in a minute. */
      readonly type: 'document.limited';
      /** The limit that was reached. */
      readonly limit: DocumentLimit;
    });

/** The limit on documents that was reached: of fetches, of documents that were not known, or of stored clients. */
export type DocumentLimit =
  /** Fetches at once, of all or of one host or network, or fetches in a minute. */
  | 'fetches'
  /** The documents of an address. */
  | 'address'
  /** The limit of an IPv6 /56. */
  | 'site'
  /** The limit of an IPv6 /48 or an IPv4 /24. */
  | 'organization'
  /** The limit of an egress range. */
  | 'egress-range'
  /** The documents of one host in a day. */
  | 'host'
  /** The documents of the realm in a day. */
  | 'realm'
  /** The number of stored clients with documents. */
  | 'clients';

interface DocumentFacts extends OfNamedClient {
  /** The redirect URIs, shortened. */
  readonly redirectUris: readonly string[];
  /** What the policy changed, shortened; unchanged members are omitted. */
  readonly trace: readonly TraceEntry[];
  /** The fingerprint of the metadata. */
  readonly fingerprint: string;
  /** It was read from the snapshot in the settings. */
  readonly isSnapshot?: true;
}

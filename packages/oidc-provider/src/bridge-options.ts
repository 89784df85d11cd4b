import type {
  AuditLog,
  ClientStore,
  Clock,
  Commit,
  DocumentClients,
  InitialAccessTokenStore,
  OptionTable,
  RealmDirectory,
  Vendor,
} from '@vestibule/core';
import type { Rule } from '@vestibule/core/policy';
import type { SoftwareStatementVerifier } from '@vestibule/core/registration';
import type { GrantStore, Pages } from '@vestibule/server';

/** Options of `vestibuleForOidcProvider`. All stores of `@vestibule/sqlite` or `@vestibule/postgres` can be spread into them. */
export interface OidcProviderBridgeOptions {
  /** The issuer of the provider. The realm has the same. */
  readonly issuer: string;
  /** The id of the realm. */
  readonly realm: string;
  readonly realms: RealmDirectory;
  /** The clients that registered themselves. Those of the provider stay in its own adapter. */
  readonly clients: ClientStore;
  /** What people allowed these clients, beside the grants of the provider: so that it can be listed and ended. */
  readonly grants: GrantStore;
  /** Of the same store as `clients`. */
  readonly commit: Commit;
  readonly audit: AuditLog;
  /** @default initial access tokens are not accepted */
  readonly initialAccessTokens?: InitialAccessTokenStore;
  /**
   * Keeps clients with metadata documents: `createMetadataDocuments` of `@vestibule/cimd`.
   *
   * @default metadata documents are not supported
   */
  readonly metadataDocuments?: DocumentClients;
  /** @default the policy for dynamic clients of `@vestibule/core/policy` */
  readonly policy?: Rule;
  /** The directory of vendors whose names require proof. @default [] */
  readonly vendors?: readonly Vendor[];
  /** @default software statements are not verified */
  readonly statements?: SoftwareStatementVerifier;
  /** The name of a person on the consent page, by the id of their account. @default the id */
  readonly nameOf?: (accountId: string) => Promise<string>;
  /** The URL of your page where people end the access of apps, which the consent page names. */
  readonly connectedApps: string;
  /** Renders the consent page. @default the pages of `@vestibule/consent-ui` */
  readonly pages?: Pages;
  /**
   * The path of the registration endpoint, below the issuer. A client manages its registration one segment below it.
   *
   * @default "/connect/register"
   */
  readonly registrationPath?: string;
  /** The path of the consent page, below the issuer; an interaction is one segment below it. @default "/connect/consent" */
  readonly consentPath?: string;
  /** Called with each exception that is a bug or an outage. */
  readonly onError: (error: unknown) => void;
  /** The current time. @default `Date.now` */
  readonly clock?: Clock;
}

/** What each option must be. */
export const BRIDGE_OPTIONS: OptionTable<OidcProviderBridgeOptions> = {
  issuer: 'url',
  realm: 'string',
  realms: 'find()',
  clients: 'insert()',
  grants: 'insert()',
  commit: 'function',
  audit: 'record()',
  initialAccessTokens: 'findByHash()?',
  metadataDocuments: 'obtain()?',
  policy: 'apply()?',
  vendors: 'list?',
  statements: 'verify()?',
  nameOf: 'function?',
  connectedApps: 'url',
  pages: 'consent()?',
  registrationPath: 'string?',
  consentPath: 'string?',
  onError: 'function',
  clock: 'function?',
};

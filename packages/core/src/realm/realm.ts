import type { PartialRealmSettings, RealmSettings } from './settings.ts';

/**
 * A tenant: its own issuer, keys, settings, APIs, scopes, people, clients and audit. Nothing crosses from one
 * realm to another, and every read and write names its realm.
 */
export interface Realm {
  readonly id: string;
  /** What people call it, as pages show it. */
  readonly name: string;
  /**
   * The issuer identifier: a fixed string without a trailing slash, never taken from a request.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc8414#section-2 RFC 8414 §2}
   */
  readonly issuer: string;
  readonly settings: RealmSettings;
  readonly apis: readonly Api[];
  readonly scopes: readonly Scope[];
}

/**
 * A realm as it is stored: with the settings that were chosen, and no others, so that a default of a later release counts.
 * `withDefaultSettings` completes them.
 */
export interface RealmRecord extends Omit<Realm, 'settings'> {
  readonly settings: PartialRealmSettings;
}

/** A protected resource that the realm issues tokens for. */
export interface Api {
  readonly id: string;
  /** What people call it, as the consent page shows it. */
  readonly name: string;
  /**
   * Its resource indicator: the `aud` of every token for it.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-2 RFC 8707 §2}
   */
  readonly resource: string;
  /** Names of the realm's scopes that this API understands. */
  readonly scopes: readonly string[];
  /** The second gate: clients that introduced themselves may name this API in `resource`. @default false */
  readonly openToDynamicClients: boolean;
  /**
   * Whether tokens for it may be bound to a key of the client's (`offered`), have to be (`required`), or never are (`off`).
   *
   * @default "off"
   * @see {@link https://www.rfc-editor.org/rfc/rfc9449 RFC 9449}
   */
  readonly dpop?: DpopPolicy;
  /**
   * Whether an authorization request for it has to be pushed first. The realm may ask it for every API.
   *
   * @default false
   * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-4 RFC 9126 §4}
   */
  readonly pushedRequestsOnly?: boolean;
  /**
   * Hashes of the secrets with which it authenticates where it asks about tokens, by its id; two while one is replaced.
   *
   * @default none: it cannot ask
   * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2.1 RFC 7662 §2.1}
   */
  readonly secretHashes?: readonly string[];
}

export type DpopPolicy = 'off' | 'offered' | 'required';

export interface Scope {
  readonly name: string;
  /** What it allows, said to the person who decides: "Read your notes". */
  readonly description: string;
  /** The third gate: clients that introduced themselves may hold this scope. @default false */
  readonly openToDynamicClients: boolean;
}

import type { PartialRealmSettings, RealmSettings } from './settings.ts';

/**
 * A tenant: its own issuer, keys, settings, APIs, scopes, people, clients and audit log. Realms are separate, and every read
 * and write names its realm.
 */
export interface Realm {
  readonly id: string;
  /** The name for people, on pages. */
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
  /** The name for people, on the consent page. */
  readonly name: string;
  /**
   * Its resource indicator: the `aud` of every token for it.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc8707#section-2 RFC 8707 §2}
   */
  readonly resource: string;
  /** The scopes of the realm that this API has. */
  readonly scopes: readonly string[];
  /** The second gate: dynamic clients can name this API in `resource`. @default false */
  readonly openToDynamicClients: boolean;
  /**
   * Whether access tokens for it are sender-constrained: optionally (`offered`), always (`required`), or never (`off`).
   *
   * @default "off"
   * @see {@link https://www.rfc-editor.org/rfc/rfc9449 RFC 9449}
   */
  readonly dpop?: DpopPolicy;
  /**
   * Whether authorization requests for it have to be pushed. The realm can require that for every API.
   *
   * @default false
   * @see {@link https://www.rfc-editor.org/rfc/rfc9126#section-4 RFC 9126 §4}
   */
  readonly pushedRequestsOnly?: boolean;
  /**
   * The groups whose people may let apps use it, at most 200: a person in one of them may. It applies to every kind of client, and at
   * every step of an authorization. Names are compared exactly.
   *
   * @default every person of the realm may
   */
  readonly allowedGroups?: readonly string[];
  /**
   * The hashes of the secrets with which it authenticates for introspection, by its id; two during a rotation.
   *
   * @default none: it cannot introspect
   * @see {@link https://www.rfc-editor.org/rfc/rfc7662#section-2.1 RFC 7662 §2.1}
   */
  readonly secretHashes?: readonly string[];
}

/** Whether access tokens for an API are bound to a key: never, if the client wants it, or always. */
export type DpopPolicy = 'off' | 'offered' | 'required';

/** A permission that tokens of a realm can carry. */
export interface Scope {
  readonly name: string;
  /** What it allows, for the person who decides: "Read your notes". */
  readonly description: string;
  /** The third gate: dynamic clients can obtain this scope. @default false */
  readonly openToDynamicClients: boolean;
}

import type { Instant } from '../time.ts';

/** Somebody whose word about software counts in a realm. */
export interface TrustedIssuer {
  /** As the consent page shows it: `[verified by NAME]`. */
  readonly name: string;
  /** The `iss` of its statements, to the letter. */
  readonly issuer: string;
  /** Its public keys, or where they are. One of the two. */
  readonly jwks?: JsonWebKeySet;
  /** An https address that the operator names; never one that a statement names. */
  readonly jwksUri?: string;
  /** The signature algorithms that it uses. `none` and symmetric ones are not among those that can be named. */
  readonly algorithms: readonly StatementAlgorithm[];
  /** The `software_id`s that it may vouch for. @default any */
  readonly softwareIds?: readonly string[];
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc7517#section-5 RFC 7517 §5} */
export interface JsonWebKeySet {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** Asymmetric signatures (RFC 7518 §3.1, RFC 8037, RFC 9864): whoever can check one cannot make one. */
export const STATEMENT_ALGORITHMS = [
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
  'EdDSA',
  'Ed25519',
] as const;

export type StatementAlgorithm = (typeof STATEMENT_ALGORITHMS)[number];

/** What a statement is worth. */
export type StatementVerdict =
  | {
      readonly outcome: 'verified';
      readonly issuer: TrustedIssuer;
      /** Every claim of the statement, as it was signed. */
      readonly claims: Readonly<Record<string, unknown>>;
    }
  /** It comes from nobody that the realm trusts, or is about software that its issuer may not vouch for. */
  | { readonly outcome: 'untrusted'; readonly problem: string }
  /** It is no statement, or its issuer did not sign it so, or its time is over. */
  | { readonly outcome: 'invalid'; readonly problem: string };

/**
 * Says what a software statement is worth. Problems are named in plain ASCII without `"` and `\`, and hold nothing of
 * the statement but its `iss` and `software_id`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2.3 RFC 7591 §2.3}
 */
export interface SoftwareStatementVerifier {
  /**
   * @param audience what an issuer may call this realm in `aud`; a statement without one is for every realm
   * @throws StoreUnavailable where the issuer's keys cannot be had just now
   */
  verify(
    statement: string,
    issuers: readonly TrustedIssuer[],
    now: Instant,
    audience: readonly string[],
  ): Promise<StatementVerdict>;
}

import type { Instant } from '../time.ts';

/** A statement issuer that a realm trusts. */
export interface TrustedIssuer {
  /** Its name on the consent page: `[verified by NAME]`. */
  readonly name: string;
  /** The exact `iss` of its statements. */
  readonly issuer: string;
  /** Its public keys. Either `jwks` or `jwksUri` is set. */
  readonly jwks?: JsonWebKeySet;
  /** An https address from the settings, never from a statement. */
  readonly jwksUri?: string;
  /** Its signature algorithms. `none` and symmetric ones are not allowed. */
  readonly algorithms: readonly StatementAlgorithm[];
  /** The `software_id`s that it can verify. @default any */
  readonly softwareIds?: readonly string[];
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc7517#section-5 RFC 7517 §5} */
export interface JsonWebKeySet {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** Asymmetric signatures (RFC 7518 §3.1, RFC 8037, RFC 9864), so that a verifier cannot create one. */
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

/** A signature algorithm that software statements may use. */
export type StatementAlgorithm = (typeof STATEMENT_ALGORITHMS)[number];

/** The result of verifying a statement. */
export type StatementVerdict =
  | {
      readonly outcome: 'verified';
      readonly issuer: TrustedIssuer;
      /** All claims of the signed statement. */
      readonly claims: Readonly<Record<string, unknown>>;
    }
  /** Its issuer is not trusted, or not trusted for this software. */
  | { readonly outcome: 'untrusted'; readonly problem: string }
  /** It is malformed, not signed by its issuer, or outside its time. */
  | { readonly outcome: 'invalid'; readonly problem: string };

/**
 * Verifies software statements. Problems are plain ASCII without `"` and `\`, and repeat only the `iss` and `software_id` of
 * the statement.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2.3 RFC 7591 §2.3}
 */
export interface SoftwareStatementVerifier {
  /**
   * @param audience the `aud` values for this realm; a statement without `aud` is valid for every realm
   * @throws StoreUnavailable if the keys of the issuer cannot be fetched at the moment
   */
  verify(
    statement: string,
    issuers: readonly TrustedIssuer[],
    now: Instant,
    audience: readonly string[],
  ): Promise<StatementVerdict>;
}

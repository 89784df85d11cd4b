/**
 * Client metadata as it is sent. Members that Vestibule does not know, and members that only a server can set, are not
 * included: they are ignored in a request.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2 RFC 7591 §2}
 */
export interface ClientMetadata {
  /** The URIs that authorization responses can be sent to. */
  readonly redirect_uris?: readonly string[];
  /** The requested authentication method at the token endpoint. Always becomes `none`. */
  readonly token_endpoint_auth_method?: string;
  /** The requested grants. @default ["authorization_code", "refresh_token"] */
  readonly grant_types?: readonly string[];
  /** The requested response types. @default ["code"] */
  readonly response_types?: readonly string[];
  /** A name for people. An unverified claim. */
  readonly client_name?: string;
  /** A page about the client. An unverified claim; never fetched. */
  readonly client_uri?: string;
  /** A logo of the client. An unverified claim; never fetched and never displayed. */
  readonly logo_uri?: string;
  /** The client's terms of service. An unverified claim; never fetched. */
  readonly tos_uri?: string;
  /** The client's privacy policy. An unverified claim; never fetched. */
  readonly policy_uri?: string;
  /** The scopes that the client may request, separated by spaces: an upper bound. */
  readonly scope?: string;
  /**
   * `native` or `web`.
   *
   * @see {@link https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata OIDC Registration §2}
   */
  readonly application_type?: string;
  /** An identifier of the software, the same for all installations and versions. An unverified claim. */
  readonly software_id?: string;
  /** The version of the software. An unverified claim. */
  readonly software_version?: string;
  /**
   * Contacts of the people responsible for the client, usually e-mail addresses. Unverified claims; no messages are sent to
   * them.
   */
  readonly contacts?: readonly string[];
  /**
   * A signed statement about the software. Its claims take precedence over the members of the request.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2.3 RFC 7591 §2.3}
   */
  readonly software_statement?: string;
  /**
   * A human-readable member in the language of its BCP 47 tag: `client_name#ja-Jpan-JP`.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2.2 RFC 7591 §2.2}
   */
  readonly [tagged: `${LocalizedMember}#${string}`]: string;
}

/** Human-readable members, which can be sent in several languages. */
export type LocalizedMember = 'client_name' | 'client_uri' | 'logo_uri' | 'tos_uri' | 'policy_uri';

/** The value of `application_type`: an application on a device, or on a web server. */
export type ApplicationType = 'native' | 'web';

/** The grants that a dynamic client may have. No setting adds another. */
export type DynamicGrantType = 'authorization_code' | 'refresh_token';

/**
 * What is registered after all rules and defaults: the only form that is judged, stored and returned. Its types enforce the
 * structural rules: public client, `code`, and only these two grants.
 */
export interface EffectiveClientMetadata extends ClientMetadata {
  readonly redirect_uris: readonly string[];
  readonly token_endpoint_auth_method: 'none';
  readonly grant_types: readonly DynamicGrantType[];
  readonly response_types: readonly ['code'];
  readonly client_name: string;
  readonly application_type: ApplicationType;
}

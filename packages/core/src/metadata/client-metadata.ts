/**
 * What a client says of itself, as it stands on the wire. Members that Vestibule does not know, and members
 * that only a server may set, are not here: they are ignored in a request.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2 RFC 7591 §2}
 */
export interface ClientMetadata {
  /** Where authorization responses may be sent. */
  readonly redirect_uris?: readonly string[];
  /** How the client would like to authenticate at the token endpoint. Becomes `none`, whatever it is. */
  readonly token_endpoint_auth_method?: string;
  /** The grants the client would like to use. @default ["authorization_code", "refresh_token"] */
  readonly grant_types?: readonly string[];
  /** The response types the client would like to use. @default ["code"] */
  readonly response_types?: readonly string[];
  /** A name for people to read. A claim: nobody has checked it. */
  readonly client_name?: string;
  /** A page about the client. A claim; never fetched. */
  readonly client_uri?: string;
  /** A picture of the client. A claim; never fetched and never shown. */
  readonly logo_uri?: string;
  /** The client's terms of service. A claim; never fetched. */
  readonly tos_uri?: string;
  /** The client's privacy policy. A claim; never fetched. */
  readonly policy_uri?: string;
  /** Names of the scopes the client may ask for, separated by spaces: an upper bound. */
  readonly scope?: string;
  /**
   * `native` or `web`.
   *
   * @see {@link https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata OIDC Registration §2}
   */
  readonly application_type?: string;
  /** An identifier of the software, the same for every installation and version of it. A claim. */
  readonly software_id?: string;
  /** Which version of the software this is. A claim. */
  readonly software_version?: string;
  /** Ways to reach those who answer for the client, mostly e-mail addresses. Claims; nobody is written to. */
  readonly contacts?: readonly string[];
  /**
   * A signed statement about the software, by somebody else. What it says counts for more than what stands beside it.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2.3 RFC 7591 §2.3}
   */
  readonly software_statement?: string;
  /**
   * A member for people once more, in the language of its tag: `client_name#ja-Jpan-JP`. The tag is a BCP 47 one.
   *
   * @see {@link https://www.rfc-editor.org/rfc/rfc7591#section-2.2 RFC 7591 §2.2}
   */
  readonly [tagged: `${LocalizedMember}#${string}`]: string;
}

/** Members for people, which may come in several languages. */
export type LocalizedMember = 'client_name' | 'client_uri' | 'logo_uri' | 'tos_uri' | 'policy_uri';

export type ApplicationType = 'native' | 'web';

/** The grants that a client which introduced itself may hold; no setting adds one. */
export type DynamicGrantType = 'authorization_code' | 'refresh_token';

/**
 * What is registered, after every rule and every default: the only thing that is judged, stored and answered.
 * Its types hold the structural rules: public, `code`, no grant but these two.
 */
export interface EffectiveClientMetadata extends ClientMetadata {
  readonly redirect_uris: readonly string[];
  readonly token_endpoint_auth_method: 'none';
  readonly grant_types: readonly DynamicGrantType[];
  readonly response_types: readonly ['code'];
  readonly client_name: string;
  readonly application_type: ApplicationType;
}

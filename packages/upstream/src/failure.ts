/** What was wrong with a sign-in at the provider. The ids are stable. */
export type UpstreamRule =
  /** The provider, or the network in between, does not respond. Check that this server can reach it. */
  | 'upstream.unreachable'
  /**
   * The metadata of the provider is not what it has to be, for example because it has another issuer. Set the issuer as the metadata
   * names it, letter by letter.
   */
  | 'upstream.metadata'
  /**
   * The provider does not accept the request or the client: its registration there differs from the options here. Compare the client
   * id, the secret, the redirect URI and the scopes.
   */
  | 'upstream.client'
  /** The person canceled, or the provider refused them. If people should be able to sign in, change that at the provider. */
  | 'upstream.declined'
  /**
   * The authorization response, the tokens or the claims do not belong to this sign-in. A single one can be a person who went back;
   * many point to an attack, or to a wrong clock.
   */
  | 'upstream.response'
  /**
   * A new sign-in was required, and the provider does not say when the person signed in. Have it send `auth_time` in ID tokens.
   */
  | 'upstream.auth-time'
  /**
   * The access token of the provider is not for the API alone, or has a scope that was not approved. Compare the audience, the resource
   * and the scopes that the provider knows for its client with the options.
   */
  | 'upstream.token'
  /** The provider ended the access: it does not accept the refresh token any more. The person has to connect the app again. */
  | 'upstream.ended'
  /** The person does not have a claim that the options require. Give it to them at the provider, or change the requirement. */
  | 'upstream.required-claim'
  /**
   * The groups of the person cannot be read, and they are signed in without groups. Compare the claim that the options name with what
   * the provider sends; a provider that sends too many groups has to send only those of this application.
   */
  | 'upstream.groups';

/** A sign-in that did not succeed, for the operator. */
export interface UpstreamFailure {
  readonly rule: UpstreamRule;
  /** One sentence. It has no tokens and no secrets; it may quote the provider. */
  readonly detail: string;
}

/** Texts of the provider are quoted up to this length. */
const MAX_QUOTED = 200;

/** A text of the provider, for a detail: printable ASCII of bounded length. */
export const quoted = (text: string): string => text.slice(0, MAX_QUOTED).replaceAll(/[^\x20-\x7e]/g, '?');

/** What differs between providers. Everything else comes from their metadata. */
export interface UpstreamPreset {
  /** What the provider is called. */
  readonly name: string;
  /** The scopes that give a name and an email address. */
  readonly scopes: readonly string[];
  /** More parameters of the authorization request. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The `prompt` with which a person who is signed in there can choose another account. */
  readonly promptForOther: 'login' | 'select_account';
  /** The parameter of the sign-out address that says where to return to. `none`: people cannot sign out there from here. */
  readonly signOut: 'post_logout_redirect_uri' | 'logout_uri' | 'none';
  /** Whether ID tokens say when the person signed in (`auth_time`) if `max_age` asks for it. Apps may require a new sign-in. */
  readonly tellsAuthTime: boolean;
  /** Says what is wrong with an issuer. It continues a sentence that begins with the issuer. */
  readonly problemOfIssuer?: (issuer: URL) => string | undefined;
}

/** What the specifications promise of every provider. */
const OPENID: UpstreamPreset = {
  name: 'OpenID Connect',
  scopes: ['openid', 'profile', 'email'],
  parameters: {},
  promptForOther: 'select_account',
  signOut: 'post_logout_redirect_uri',
  tellsAuthTime: true,
};

/** The kinds of provider that are known. */
export const PRESETS = {
  openid: OPENID,
} as const satisfies Readonly<Record<string, UpstreamPreset>>;

/** The name of a kind of provider. */
export type UpstreamPresetName = keyof typeof PRESETS;

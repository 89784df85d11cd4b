/** The three loopback hosts that an `http` redirect URI can have. They are not interchangeable. */
export const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'] as const;

/** A host that is this computer, in the spellings that redirect URIs may use. */
export type LoopbackHost = (typeof LOOPBACK_HOSTS)[number];

/** A valid redirect URI, parsed once. `raw` is exactly what the client sent; comparisons and responses use it. */
export type RedirectUri = HttpsRedirectUri | LoopbackRedirectUri | PrivateUseRedirectUri;

/** A redirect URI of a website, or of an app that claims an https URL. */
export interface HttpsRedirectUri {
  readonly kind: 'https';
  readonly raw: string;
  /** Host, and port if it is not 443: `app.example`, `app.example:8443`. Lower case, IDN in ASCII form. */
  readonly host: string;
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.3 RFC 8252 §7.3} */
export interface LoopbackRedirectUri {
  readonly kind: 'loopback';
  readonly raw: string;
  readonly host: LoopbackHost;
  /** Everything after host and port, with an empty path written as `/`: `/callback?x=1`. */
  readonly target: string;
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.1 RFC 8252 §7.1} */
export interface PrivateUseRedirectUri {
  readonly kind: 'private-use';
  readonly raw: string;
  /** Lower case, without the colon: `cursor`, `com.example.app`. */
  readonly scheme: string;
  /** The part after `//`, if any: `anysphere.cursor-mcp`. */
  readonly authority?: string;
}

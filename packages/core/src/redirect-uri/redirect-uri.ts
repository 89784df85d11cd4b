/** The three spellings of "this computer" that an `http` redirect URI may use. None stands for another. */
export const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'] as const;

export type LoopbackHost = (typeof LOOPBACK_HOSTS)[number];

/**
 * A redirect URI that may be registered, parsed once. `raw` is what the client sent, to the byte: comparison
 * uses it, and so does the answer that leads back to the client.
 */
export type RedirectUri = HttpsRedirectUri | LoopbackRedirectUri | PrivateUseRedirectUri;

export interface HttpsRedirectUri {
  readonly kind: 'https';
  readonly raw: string;
  /** Host and, where it is not 443, port: `app.example`, `app.example:8443`. Lower case, IDN in ASCII form. */
  readonly host: string;
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.3 RFC 8252 §7.3} */
export interface LoopbackRedirectUri {
  readonly kind: 'loopback';
  readonly raw: string;
  readonly host: LoopbackHost;
  /** What follows host and port, with an empty path written as `/`: `/callback?x=1`. */
  readonly target: string;
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.1 RFC 8252 §7.1} */
export interface PrivateUseRedirectUri {
  readonly kind: 'private-use';
  readonly raw: string;
  /** Lower case, without the colon: `cursor`, `com.example.app`. */
  readonly scheme: string;
  /** What stands after `//`, where it has one: `anysphere.cursor-mcp`. */
  readonly authority?: string;
}

/** A redirect URI to try at the authorization endpoint, once the agent is registered. */
export interface Redirect {
  readonly uri: string;
  readonly works: boolean;
  /** Why it must or must not be accepted, as the end of a sentence that began with "because". */
  readonly why: string;
  /** The registered redirect URI that it resembles. Absent if it must be accepted. */
  readonly like?: string;
}

/** A registered redirect URI is accepted, byte for byte. */
export const registered = (...uris: readonly string[]): readonly Redirect[] =>
  uris.map((uri) => ({ uri, works: true, why: 'it is registered' }));

/**
 * An agent that keeps its registration uses another port if the old one is occupied.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc8252#section-7.3 RFC 8252 §7.3}
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.1.3 RFC 9700 §4.1.3}
 */
export const onAnotherPort = (...uris: readonly string[]): readonly Redirect[] =>
  uris.map((uri) => ({
    uri,
    works: true,
    why: 'an app on this computer takes whatever port is free (RFC 8252 §7.3)',
  }));

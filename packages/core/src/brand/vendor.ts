/** A maker of software whose name is likely to be imitated, and what proves that a client belongs to it. */
export interface Vendor {
  /** Its usual name: `Acme Mail`. */
  readonly name: string;
  /** Other names of the vendor and its products. A client with one of them must give the same proof. @default [] */
  readonly aliases?: readonly string[];
  /**
   * Names that are also ordinary words, such as `Linear`; `name` itself may be one. They count only as the whole name of a
   * client or beside words such as `official`, `app` and `support`, including slips. `Linear Algebra Notes` is allowed for
   * every client. @default []
   */
  readonly commonWords?: readonly string[];
  /**
   * Words, or consecutive words, that are close to one of its names without meaning it: `clause`, `Claude Monet`. Compared
   * by spelling, ignoring case. @default []
   */
  readonly neighbours?: readonly string[];
  /**
   * The hosts of the vendor, as host patterns: `acme.example`, or `*.acme.example`, which covers one label. Empty for a
   * program that uses only loopback redirect URIs. A host that passes responses on to software of others does not count.
   */
  readonly hosts: readonly string[];
  /**
   * Those of its hosts that pass responses on to programs of others on the computer of a person, as host patterns. A document at such a
   * host verifies nothing there, because any of these programs can get the code.
   *
   * @default []
   */
  readonly passesOn?: readonly string[];
  /**
   * The private-use schemes of its apps: `acme-mail`. If an app passes parts of a scheme on to extensions of others, the
   * vendor's own part with its authority, spelled as apps send it: `acme-mail://acme.sync`. A scheme whose program acts at
   * once (`warp`, `raycast`) can be registered only if it is listed here.
   * @default []
   */
  readonly schemes?: readonly string[];
  /**
   * The metadata documents of its programs that are known to be published. They prove nothing and open nothing: they tell which
   * programs can do without registration, and where the document is that may verify one which registered.
   * @default []
   */
  readonly documents?: readonly VendorDocument[];
}

/**
 * A metadata document that a vendor publishes for one of its programs.
 *
 * @see {@link https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/ Client ID Metadata Document}
 */
export interface VendorDocument {
  /** Its URL, which is the `client_id` of the program. */
  readonly uri: string;
  /** The `client_name` in it. */
  readonly name: string;
  /** The redirect URIs in it. */
  readonly redirectUris: readonly string[];
  /** Where this is known from, and since when. */
  readonly source?: string;
}

/** A maker of software whose name strangers like to take, and how it can be told that a client is really theirs. */
export interface Vendor {
  /** As people know it: `Acme Mail`. */
  readonly name: string;
  /** Other names for it and its products. A client that carries one of them is held to the same proof. @default [] */
  readonly aliases?: readonly string[];
  /**
   * Those of its names that are ordinary words as well, such as `Linear`; one may be `name` itself. They count where they are
   * the whole name of a client, or stand with nothing but words such as `official`, `app` and `support`, slips and all. `Linear Algebra
   * Notes` is anybody's. @default []
   */
  readonly commonWords?: readonly string[];
  /**
   * Words, or words in a row, that are close to one of its names and are not meant to be: `clause`, `Claude Monet`. Taken as
   * they are spelled, without regard to case. @default []
   */
  readonly neighbours?: readonly string[];
  /**
   * The hosts that are theirs, as host patterns: `acme.example`, or `*.acme.example`, which is one label deep. None, for a
   * program that only ever comes back to the computer it runs on. A host that hands answers on to what others have made is
   * not theirs in this sense.
   */
  readonly hosts: readonly string[];
  /**
   * The private-use schemes that their apps open: `acme-mail`. Where an app hands some of a scheme on to extensions that
   * others have made, the part that is the vendor's own, with its authority, spelled as apps send it: `acme-mail://acme.sync`.
   * A scheme whose program acts at once (`warp`, `raycast`) can be registered only if it is named here.
   * @default []
   */
  readonly schemes?: readonly string[];
}

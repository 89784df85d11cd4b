/** Something that is so, and that a test shows. */
export interface Requirement {
  /** Where it is asked for: `RFC 7591 §3.2.2`; or, where nobody asks, which part of Vestibule it is. */
  readonly source: string;
  /** What Vestibule does, in one sentence. */
  readonly behaviour: string;
}

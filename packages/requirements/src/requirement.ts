/** Something that Vestibule does, and that a test proves. */
export interface Requirement {
  /** The source: `RFC 7591 §3.2.2`; if no specification requires it, the part of Vestibule. */
  readonly source: string;
  /** What Vestibule does, in one sentence. */
  readonly behavior: string;
}

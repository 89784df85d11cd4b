/** A part of a name: between spaces or punctuation, or beginning with a capital (`AcmeMail`). */
export interface Word {
  /** Its spelling, in lower case. */
  readonly plain: string;
  /** Its look-alike key. */
  readonly key: string;
  /** Its comparable form. */
  readonly form: string;
  /** Its key letter by letter, for counting slips. */
  readonly letters: string;
  /** The index of its run of letters: both words of `AcmeMail` are in one run. */
  readonly run: number;
}

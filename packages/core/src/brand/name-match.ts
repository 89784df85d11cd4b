import type { Spelling } from './spelling.ts';

/** A vendor's name, found in a row of words. */
export interface Match {
  readonly spelling: Spelling;
  /** The first of the words. */
  readonly from: number;
  /** The one after the last. */
  readonly to: number;
  /**
   * Whether it is the vendor's name wherever it stands. If not, it has to be the whole name, or stand with nothing but
   * generic words.
   */
  readonly isClear: boolean;
}

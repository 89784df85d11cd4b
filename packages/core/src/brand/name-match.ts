import type { Spelling } from './spelling.ts';

/** A vendor's name that was found in consecutive words. */
export interface Match {
  readonly spelling: Spelling;
  /** The index of the first word. */
  readonly from: number;
  /** The index after the last word. */
  readonly to: number;
  /** Whether it is the vendor's name in every context. If not, it counts only as the whole name or beside generic words. */
  readonly isClear: boolean;
}

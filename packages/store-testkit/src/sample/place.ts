/** Where a record is kept: everything is kept by realm, and under a key in it. */
export interface Place {
  readonly realm: string;
  readonly key: string;
}

/** Where cases keep a record when the place does not matter. */
export const HERE: Place = { realm: 'main', key: 'one' };

/** Where a record is stored: a realm and a key. */
export interface Place {
  readonly realm: string;
  readonly key: string;
}

/** The place of records whose place does not matter. */
export const HERE: Place = { realm: 'main', key: 'one' };

/** The same key in another realm. */
export const ELSEWHERE: Place = { ...HERE, realm: 'other' };

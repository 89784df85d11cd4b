import { isPlainText } from '../text/plain.ts';

/** The most groups of a list: those that an operator gave a person, those that a sign-in reported, and those of an API. */
export const MAX_GROUPS = 200;

/** The longest name of a group, in UTF-16 units. */
export const MAX_GROUP_LENGTH = 256;

/**
 * Whether a value can be the name of a group: one line of plain text that neither begins nor ends with a space. Names are compared
 * exactly as they are written: `Staff`, `staff` and a look-alike in other letters are three groups.
 */
export const isGroup = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.trim() === value && isPlainText(value, MAX_GROUP_LENGTH);

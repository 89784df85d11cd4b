import { InvalidArgumentError } from 'commander';

/**
 * Reads a whole number of 1 or more.
 *
 * @throws InvalidArgumentError where it is none, or more than `most`
 */
export const wholeNumber =
  (most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
  };

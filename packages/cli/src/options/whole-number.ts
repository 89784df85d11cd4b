import { InvalidArgumentError } from 'commander';

/**
 * Parses a whole number from 1 to `most`.
 *
 * @throws InvalidArgumentError if it is not one
 */
export const wholeNumber =
  (most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
  };

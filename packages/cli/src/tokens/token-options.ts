import { canonicalHostPattern } from '@vestibule/core';
import { InvalidArgumentError } from 'commander';
import { harmless } from '../output/harmless.ts';

/**
 * Parses a pattern for the hosts of redirect URIs.
 *
 * @throws InvalidArgumentError if it is no such pattern
 */
export function parseHostPattern(text: string): string {
  const pattern = canonicalHostPattern(text);
  if (pattern !== undefined) return pattern;
  throw new InvalidArgumentError('It must be a host such as app.example, or *.app.example.');
}

/** The maximum length of a note, in characters. */
const NOTE_LENGTH = 200;

/**
 * Parses a note.
 *
 * @throws InvalidArgumentError if it is empty, too long, or not one line of visible text
 */
export function parseNote(text: string): string {
  const note = text.trim();
  if (note !== '' && note.length <= NOTE_LENGTH && harmless(note) === note) return note;
  throw new InvalidArgumentError(`It must be one line of 1 to ${NOTE_LENGTH} visible characters.`);
}

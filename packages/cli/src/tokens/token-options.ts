import { canonicalHostPattern } from '@vestibule/core';
import { InvalidArgumentError } from 'commander';
import { harmless } from '../output/harmless.ts';

/**
 * Reads a pattern for hosts, as hosts of redirect URIs are written.
 *
 * @throws InvalidArgumentError where it is none
 */
export function parseHostPattern(text: string): string {
  const pattern = canonicalHostPattern(text);
  if (pattern !== undefined) return pattern;
  throw new InvalidArgumentError('It must be a host such as app.example, or *.app.example.');
}

/** As long as anybody reads. */
const NOTE_LENGTH = 200;

/**
 * Reads a note.
 *
 * @throws InvalidArgumentError where it is none that can be shown on one line
 */
export function parseNote(text: string): string {
  const note = text.trim();
  if (note !== '' && note.length <= NOTE_LENGTH && harmless(note) === note) return note;
  throw new InvalidArgumentError(`It must be one line of 1 to ${NOTE_LENGTH} characters that can be seen.`);
}

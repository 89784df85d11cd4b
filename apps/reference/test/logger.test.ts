import { expect, test } from 'vitest';
import { createLogger } from '../src/logger.ts';

test.each<[string, string]>([
  ['an 8-bit control sequence', 'Evil\u009B31mRED'],
  ['a direction mark', 'Evil\u202Etxt.exe'],
  ['a line separator', 'Evil\u2028{"level":60}'],
  ['a next line', 'Evil\u0085{"level":60}'],
  ['a line break', 'Evil\n{"level":60}'],
  ['an escape sequence', 'Evil\u001B[2J'],
  ['half a character', 'Evil\uD800'],
  ['what does not show', 'Ev\u200Bil'],
])('%s of a stranger is one harmless line of the log, and means the same', (_, name) => {
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => void lines.push(line) });
  logger.info({ clientName: name }, 'registration.accepted');
  const [line = ''] = lines;
  expect(lines).toHaveLength(1);
  expect(line.endsWith('\n')).toBe(true);
  expect(line.slice(0, -1)).toMatch(/^[\x20-\x7E]+$/);
  expect(JSON.parse(line)).toMatchObject({ clientName: name, msg: 'registration.accepted' });
});

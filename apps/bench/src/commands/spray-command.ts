import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figure, table } from '../report/markdown.ts';
import type { Persistence } from '@vestibule/core/realm';
import { measureSpray } from '../spray/measure-spray.ts';
import { oneOf, parseOptions, UsageError, wholeNumber } from './options.ts';

/** Prints what many registrations add to a database, and fails if they add something to one that stores clients later. */
export async function runSpray(args: readonly string[]): Promise<void> {
  const given = parseOptions(args, ['count', 'persistence']);
  if (given.others.length > 0) throw new UsageError(`${given.others.join(' ')}: is not an option.`);
  const count = given.read('count', wholeNumber(1, 100_000_000)) ?? 1_000_000;
  const persistence = given.read('persistence', oneOf<Persistence>(['immediate', 'deferred'])) ?? 'deferred';
  const folder = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'vestibule-spray-'));
  try {
    const onProgress = (done: number): void => {
      if (done % 100_000 === 0) console.error(`${done} registered`);
    };
    const { before, after, longestId, microsecondsEach } = await measureSpray({
      count,
      persistence,
      folder,
      onProgress,
    });
    const names = Object.keys(after.rows).filter((name) => before.rows[name] !== 0 || after.rows[name] !== 0);
    console.log(
      table(
        ['table', 'rows before', 'rows after'],
        names.map((name) => [name, String(before.rows[name] ?? 0), String(after.rows[name] ?? 0)]),
      ),
    );
    console.log(
      `pages: ${before.pages} before, ${after.pages} after; bytes: ${before.bytes}, ${after.bytes}`,
    );
    console.log(
      `${count} registrations, ${figure(microsecondsEach)} µs each; longest client_id: ${longestId}`,
    );
    const isSame = JSON.stringify(before) === JSON.stringify(after);
    if (persistence === 'deferred' && !isSame) {
      throw new Error('Registrations added something to the database.');
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

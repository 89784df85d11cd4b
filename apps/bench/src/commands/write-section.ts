import { readFileSync, writeFileSync } from 'node:fs';
import { replaceSection } from '../report/page-section.ts';
import { UsageError } from './options.ts';

/** Puts tables into the marked section of a page. */
export function writeSection(path: string, content: string): void {
  const page = replaceSection(readFileSync(path, 'utf8'), content);
  if (page === undefined) throw new UsageError(`${path}: has no section that is marked for computed tables.`);
  writeFileSync(path, page);
}

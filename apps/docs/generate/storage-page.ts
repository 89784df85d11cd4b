import { readFileSync } from 'node:fs';
import type { Page } from './markdown/markdown.ts';
import { inRepository } from './source/paths.ts';

/** The page of the storage schema. A test compares it with both databases. */
export function storagePage(): Page {
  const text = readFileSync(inRepository('apps/docs/storage-schema.md'), 'utf8');
  const [title = ''] = /(?<=^# ).*/.exec(text) ?? [];
  return { path: 'storage-schema.md', title, text: text.replaceAll('](decisions/', '](../decisions/') };
}

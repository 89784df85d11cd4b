import type { Page } from '@vestibule/server';
import { parse } from 'node-html-parser';

/** The text that a person reads on a page, on one line. */
export const textOf = ({ html }: Page): string =>
  (parse(html).querySelector('main')?.text ?? '').replaceAll(/\s+/g, ' ').trim();

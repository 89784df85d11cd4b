import { writeFileSync } from 'node:fs';
import { drawChart, panelsOf } from '../report/chart.ts';
import { renderResults } from '../report/render-results.ts';
import { anyText, parseOptions, UsageError } from './options.ts';
import { readResults } from './stored-results.ts';
import { writeSection } from './write-section.ts';

/** Prints a stored run again, draws its chart, and puts its tables into a page, if files are given for that. */
export function runReport(args: readonly string[]): void {
  const given = parseOptions(args, ['chart', 'page']);
  const [file, ...more] = given.others;
  if (file === undefined || more.length > 0) {
    throw new UsageError('bench report FILE [--chart FILE.svg] [--page FILE.md]: needs one file.');
  }
  const results = readResults(file);
  const text = renderResults(results);
  console.log(text);
  const chart = given.read('chart', anyText);
  if (chart !== undefined) writeFileSync(chart, drawChart(panelsOf(results)));
  const page = given.read('page', anyText);
  if (page !== undefined) writeSection(page, text);
}

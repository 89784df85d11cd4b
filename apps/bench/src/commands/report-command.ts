import { writeFileSync } from 'node:fs';
import { drawChart, panelsOf } from '../report/chart.ts';
import { renderResults } from '../report/render-results.ts';
import { anyText, parseOptions, UsageError } from './options.ts';
import { readResults } from './stored-results.ts';

/** Prints a stored run again, and draws its chart if a file is given for that. */
export function runReport(args: readonly string[]): void {
  const given = parseOptions(args, ['chart']);
  const [file, ...more] = given.others;
  if (file === undefined || more.length > 0) {
    throw new UsageError('bench report FILE [--chart FILE.svg]: needs one file.');
  }
  const results = readResults(file);
  console.log(renderResults(results));
  const chart = given.read('chart', anyText);
  if (chart !== undefined) writeFileSync(chart, drawChart(panelsOf(results)));
}

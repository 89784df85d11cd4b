import { styleText } from 'node:util';
import type { Severity } from '../checks/check.ts';
import type { Finding } from './finding.ts';
import { failuresIn, type Report, summaryOf } from './doctor-report.ts';
import { forWhom, resultOf, wordsOf } from './report-words.ts';

/** How a report is written for a terminal. */
export interface TextOptions {
  /** Whether text is colored. @default false */
  readonly color?: boolean;
  /** Whether every detail and every passed check is listed. @default false */
  readonly verbose?: boolean;
}

const MARK: Readonly<Record<Severity, string>> = { error: '✗', warning: '!', note: '·' };
const COLOR = { error: 'red', warning: 'yellow', note: 'cyan' } as const;
const MOST_DETAILS = 3;

type Paint = (style: 'red' | 'yellow' | 'cyan' | 'green' | 'dim' | 'bold', text: string) => string;

/** The report for people. */
export function textOf(report: Report, { color = false, verbose = false }: TextOptions = {}): string {
  const paint: Paint = (style, text) => (color ? styleText(style, text, { validateStream: false }) : text);
  const parts = [
    [paint('bold', report.target), ...wordsOf(report)].join('\n'),
    ...failuresIn(report).map((finding) => failure(finding, { paint, verbose })),
    ...(verbose ? [others(report)] : []),
    agents(report, paint),
    [summaryOf(report), ...report.notTried].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function failure(
  { severity, check, title, message = '', details, why, mend, section, seen, ...finding }: Finding,
  { paint, verbose }: { readonly paint: Paint; readonly verbose: boolean },
): string {
  const shown = verbose ? details : details.slice(0, MOST_DETAILS);
  const left = details.length - shown.length;
  return [
    `${paint(COLOR[severity], `${MARK[severity]} ${check}`)}  ${message}`,
    ...(details.length > 1 ? shown.map((detail) => paint('dim', `    ${detail}`)) : []),
    ...(details.length > 1 && left > 0
      ? [paint('dim', `    and ${left} more; see --verbose or --json`)]
      : []),
    `  should  ${title}`,
    `  for     ${forWhom(finding)}`,
    `  why     ${why}`,
    `  mend    ${mend}`,
    paint('dim', `  see     ${[`${section.name} ${section.url}`, ...seen].join('\n          ')}`),
  ].join('\n');
}

function others({ findings }: Report): string {
  return findings
    .filter(({ outcome }) => outcome !== 'failed')
    .map(({ check, title, outcome, message = '' }) =>
      outcome === 'passed' ? `✓ ${check}  ${title}` : `– ${check}  ${message}`,
    )
    .join('\n');
}

function agents({ agents: all }: Report, paint: Paint): string {
  const width = Math.max(...all.map(({ client }) => client.length));
  return all
    .map((agent) => {
      const isGood = agent.verdict === 'works' || agent.verdict === 'expected';
      const said = paint(isGood ? 'green' : agent.verdict === 'hindered' ? 'red' : 'dim', resultOf(agent));
      return `${agent.client.padEnd(width)}  ${(agent.way ?? '').padEnd(12)}  ${said}`;
    })
    .join('\n');
}

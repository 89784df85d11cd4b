import { median } from '../load/latencies.ts';
import type { Results } from '../run/results.ts';
import { REFERENCE } from '../targets/ceilings.ts';
import { type CoreSpeed, fitCoreSpeed } from './core-speed.ts';
import { figure, ratio, table } from './markdown.ts';
import { renderAlone, renderColdStarts, renderGrowth } from './render-parts.ts';
import { ratiosToReference, slicesOf, spreadOf } from './ratios.ts';

/** A run as Markdown: what was compared, the ratios, and each operation in detail. */
export function renderResults(results: Results): string {
  const speed = fitCoreSpeed(results);
  return [
    renderHead(results, speed),
    renderChecks(results),
    renderNotes(results),
    ...renderRatios(results, speed),
    renderAlone(results),
    ...operationsOf(results).map((operation) => renderOperation(results, operation, speed)),
    renderColdStarts(results),
    renderGrowth(results, speed),
    renderProblems(results),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function renderHead({ startedAt, machine, settings, slices: measured }: Results, speed: CoreSpeed): string {
  const { processor, cores, memoryGiB, system, node, pinning } = machine;
  const { rounds, slices, ms } = settings;
  const disturbed = measured.filter(({ isDisturbed }) => isDisturbed).length;
  return [
    `Measured ${startedAt.slice(0, 10)} on ${processor}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}; ${pinning}.`,
    `${rounds} rounds of ${slices} slices of ${ms} ms, in turns; each ratio is to ${REFERENCE} in the same round.`,
    `Figures are medians, with the middle half of the slices in parentheses. Probe of the core: ${figure(speed.typicalMs)} ms; rates follow it with exponent ${figure(speed.exponent)}.`,
    ...(disturbed === 0
      ? []
      : [
          `**Other programs disturbed ${disturbed} of ${measured.length} slices**, however often they were repeated.`,
        ]),
  ].join('\n');
}

function renderChecks({ targets, checks }: Results): string {
  const rows = targets.flatMap(({ name }) => {
    const check = checks[name];
    if (check === undefined) return [];
    return [
      [
        name,
        check.accessToken,
        yes(check.rotatesRefreshTokens),
        yes(check.refusesWrongVerifier),
        yes(check.refusesReplayedCode),
        yes(check.refusesReplayedRefreshToken),
        String(check.browserRequests),
      ],
    ];
  });
  const head = [
    'target',
    'access token',
    'rotates refresh tokens',
    'refuses a wrong verifier',
    'refuses a replayed code',
    'refuses a replayed refresh token',
    'browser requests',
  ];
  return rows.length === 0 ? '' : `### What each does\n\n${table(head, rows)}`;
}

const yes = (does: boolean): string => (does ? 'yes' : '**no**');

const renderNotes = ({ targets }: Results): string =>
  targets
    .map(({ name, storage, versions, notes }) => {
      const version = versions === '' ? '' : ` (${versions})`;
      return `- ${name}${version}: ${[storage, ...notes].join('; ')}.`;
    })
    .join('\n');

/** One table of ratios for each number of connections. */
function renderRatios(results: Results, speed: CoreSpeed): readonly string[] {
  const operations = operationsOf(results);
  return connectionsOf(results).map((connections) => {
    const rows = results.targets.map(({ name }) => [
      name,
      ...operations.map((operation) =>
        ratio(spreadOf(ratiosToReference(results.slices, { target: name, operation, connections }, speed))),
      ),
    ]);
    const title = connections === 1 ? 'one connection' : `${connections} connections`;
    return `### Share of ${REFERENCE}, ${title}\n\n${table(['target', ...operations], rows)}`;
  });
}

function renderOperation(results: Results, operation: string, speed: CoreSpeed): string {
  const rows = results.targets.flatMap(({ name }) =>
    connectionsOf(results).flatMap((connections) => {
      const kind = { target: name, operation, connections };
      const slices = slicesOf(results.slices, kind);
      if (slices.length === 0) return [];
      const middle = (value: (slice: (typeof slices)[number]) => number | undefined): string =>
        figure(median(slices.map(value).filter((one) => one !== undefined)));
      return [
        [
          name,
          String(connections),
          middle(({ perSecond }) => perSecond),
          middle(({ perSecond, probeMs }) => speed.adjust(perSecond, probeMs)),
          ratio(spreadOf(ratiosToReference(results.slices, kind, speed))),
          middle(({ p50 }) => p50),
          middle(({ p99 }) => p99),
          middle(({ serverCpuUs }) => serverCpuUs),
          middle(({ databaseCpuUs }) => databaseCpuUs),
          middle(({ loadCpu }) => loadCpu),
          String(slices.filter(({ isDisturbed }) => isDisturbed).length),
          String(slices.reduce((sum, { errors }) => sum + errors, 0)),
        ],
      ];
    }),
  );
  const head = [
    'target',
    'connections',
    'per second',
    'adjusted',
    'ratio',
    'p50 ms',
    'p99 ms',
    'server CPU µs',
    'database CPU µs',
    'load CPU',
    'disturbed',
    'errors',
  ];
  const explanation = operation === 'metadata' ? '' : `${REFERENCE} echoes a registration.\n\n`;
  return `### ${operation}\n\n${explanation}${table(head, rows)}`;
}

const renderProblems = ({ problems }: Results): string =>
  problems.length === 0
    ? ''
    : `### Problems\n\n${problems.map((one) => `- ${one.split('\n')[0] ?? ''}`).join('\n')}`;

const operationsOf = ({ slices }: Results): readonly string[] => [
  ...new Set(slices.map(({ operation }) => operation)),
];

const connectionsOf = ({ slices }: Results): readonly number[] =>
  [...new Set(slices.map(({ connections }) => connections))].toSorted((a, b) => a - b);

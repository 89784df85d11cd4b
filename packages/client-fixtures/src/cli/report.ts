import type { CheckOutcome, Step } from '../run/outcome.ts';
import type { ClientKind } from '../server/offers.ts';
import type { Checked } from './check-server.ts';

const STEPS: Readonly<Record<ClientKind, readonly Step[]>> = {
  dynamic: ['registration', 'answer', 'redirects'],
  'metadata-document': ['metadata', 'document', 'redirects'],
};

/** The outcomes for people: a table for each kind of client, a sentence for each failure, and a summary. */
export function report({ kinds, notOffered, outcomes }: Checked): string {
  const parts = [
    ...kinds.map((kind) => table(outcomes, kind)),
    ...(kinds.includes('metadata-document') ? [SENT] : []),
    failures(outcomes),
    skips(outcomes),
    notOffered.map((sentence) => `– ${sentence}`).join('\n'),
    sum(outcomes),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const SENT =
  'An agent with a metadata document was named to the server by its URL. The server fetches it from there; this command does not.';

function table(outcomes: readonly CheckOutcome[], kind: ClientKind): string {
  const ofKind = outcomes.filter((one) => one.kind === kind);
  const lines: (readonly string[])[] = [['agent', ...STEPS[kind]]];
  for (const agent of agentsOf(ofKind)) {
    const own = ofKind.filter((one) => one.agent === agent);
    lines.push([agent, ...STEPS[kind].map((step) => mark(own.filter((one) => one.step === step)))]);
  }
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** ✓ if all passed, ✗ if one failed, – if something was not run; and how many passed of how many. */
function mark(outcomes: readonly CheckOutcome[]): string {
  const count = (wanted: CheckOutcome['outcome']): number =>
    outcomes.filter(({ outcome }) => outcome === wanted).length;
  const passed = count('passed');
  if (count('failed') > 0) return `✗ ${passed}/${outcomes.length}`;
  if (count('skipped') === 0) return `✓ ${passed}`;
  return passed === 0 ? '–' : `– ${passed}/${outcomes.length}`;
}

function failures(outcomes: readonly CheckOutcome[]): string {
  const failed = Map.groupBy(
    outcomes.filter(({ outcome }) => outcome === 'failed'),
    ({ agent, kind }) => (kind === 'dynamic' ? agent : `${agent}, with its metadata document`),
  );
  return [...failed].map(([title, all]) => [title, ...all.map(sentence)].join('\n')).join('\n\n');
}

const sentence = ({ check, uri, message }: CheckOutcome): string =>
  `  ✗ ${check}${uri === undefined ? '' : ` ${uri}`}: ${message}`;

/** Why checks were not run, once for each reason. */
function skips(outcomes: readonly CheckOutcome[]): string {
  const skipped = outcomes.filter(({ outcome }) => outcome === 'skipped');
  return [...new Set(skipped.map(({ message }) => message))]
    .map((message) => {
      const agents = agentsOf(skipped.filter((one) => one.message === message));
      return `– ${message}\n  ${agents.join(', ')}`;
    })
    .join('\n');
}

function sum(outcomes: readonly CheckOutcome[]): string {
  const count = (wanted: CheckOutcome['outcome']): number =>
    outcomes.filter(({ outcome }) => outcome === wanted).length;
  const agents = agentsOf(outcomes).length;
  return `${agents} ${agents === 1 ? 'agent' : 'agents'}: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
}

const agentsOf = (outcomes: readonly CheckOutcome[]): readonly string[] => [
  ...new Set(outcomes.map(({ agent }) => agent)),
];

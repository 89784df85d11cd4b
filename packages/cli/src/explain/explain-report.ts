import { findRule, type TraceEntry, type TraceValue } from '@vestibule/core/policy';
import type { Judged } from '@vestibule/core/registration';
import { harmless } from '../output/harmless.ts';
import type { Paint, Tone } from '../output/paint.ts';
import { toJson } from '../output/print.ts';

const TONES: Readonly<Record<TraceEntry['outcome'], Tone>> = {
  kept: 'good',
  narrowed: 'uneasy',
  dropped: 'uneasy',
  refused: 'bad',
};

/** The indentation of the lines below a rule: the width of the longest outcome. */
const INDENT = ' '.repeat(10);

/**
 * Describes for people how a policy judged a registration request: every rule, and the result.
 *
 * @param policyName the name of the realm or settings whose policy it is
 * @param rulesUri the page that describes every rule under its id, if one exists
 */
export function report(
  judged: Judged,
  policyName: string,
  rulesUri: string | undefined,
  paint: Paint,
): string {
  return [...ruleParagraphs(judged.trace, paint), ...conclusion(judged, policyName, rulesUri, paint)].join(
    '\n\n',
  );
}

/** Describes what each rule did, in a paragraph each. */
export const ruleParagraphs = (trace: readonly TraceEntry[], paint: Paint): readonly string[] =>
  trace.map((entry) => paragraph(entry, paint));

function paragraph(entry: TraceEntry, paint: Paint): string {
  const { rule, outcome } = entry;
  const { source, title, fix } = findRule(rule) ?? {};
  const head = `${paint(TONES[outcome], outcome.padEnd(INDENT.length - 1))} ${paint('strong', harmless(rule))}`;
  const todo = outcome === 'refused' && fix !== undefined ? `fix   ${fix}` : undefined;
  const lines = [title, ...changes(entry), todo].filter((line) => line !== undefined);
  return [
    source === undefined ? head : `${head} ${paint('quiet', `(${source})`)}`,
    ...lines.map((line) => `${INDENT}${line}`),
  ].join('\n');
}

function changes(entry: TraceEntry): readonly string[] {
  switch (entry.outcome) {
    case 'kept':
      return [];
    case 'narrowed':
      return [`from  ${formatted(entry.from)}`, `to    ${formatted(entry.to)}`];
    case 'dropped':
      return [`was   ${formatted(entry.from)}`];
    case 'refused':
      return [`why   ${harmless(withoutId(entry))}`];
  }
}

/** The description without the id of the rule, which is printed above it. */
const withoutId = ({ rule, description }: Extract<TraceEntry, { readonly outcome: 'refused' }>): string =>
  description.replace(` [${rule}]`, '');

const formatted = (value: TraceValue): string =>
  value === undefined ? '(nothing)' : [value].flat().map(harmless).join(', ') || '(empty)';

function conclusion(
  judged: Judged,
  policyName: string,
  rulesUri: string | undefined,
  paint: Paint,
): readonly string[] {
  if (!judged.ok) {
    const { code, rule } = judged.refusal;
    const link = rulesUri === undefined ? '' : `\n${INDENT}${rulesUri}#${harmless(rule)}`;
    return [
      `${paint('bad', 'Refused')} by ${policyName}. The client would receive the error ${code} [${harmless(rule)}].${link}`,
    ];
  }
  const { candidateRefusal, vouchedBy } = judged;
  return [
    `${paint('good', 'Accepted')} by ${policyName}. This would be registered:\n${toJson(judged.metadata)}`,
    ...(vouchedBy === undefined ? [] : [`Its software statement was issued by ${harmless(vouchedBy)}.`]),
    ...(candidateRefusal === undefined
      ? []
      : [
          `${paint('uneasy', 'The candidate policy would refuse it')}, with the error ${candidateRefusal.code}:\n${INDENT}${harmless(candidateRefusal.description)}`,
        ]),
  ];
}

import { findRule, type Judged, type TraceEntry, type TraceValue } from '@vestibule/core';
import { harmless } from '../output/harmless.ts';
import type { Paint, Tone } from '../output/paint.ts';
import { toJson } from '../output/print.ts';

const TONES: Readonly<Record<TraceEntry['outcome'], Tone>> = {
  kept: 'good',
  narrowed: 'uneasy',
  dropped: 'uneasy',
  refused: 'bad',
};

/** Where what is said of a rule begins: behind the longest outcome. */
const INDENT = ' '.repeat(10);

/**
 * What a policy makes of a registration, for people: every rule that was asked, and what comes of it.
 *
 * @param whose whose policy it is
 * @param rulesUri where every rule is described under its id, where there is such a place
 */
export function report(judged: Judged, whose: string, rulesUri: string | undefined, paint: Paint): string {
  const rules = judged.trace.map((entry) => paragraph(entry, paint));
  return [...rules, ...conclusion(judged, whose, rulesUri, paint)].join('\n\n');
}

function paragraph(entry: TraceEntry, paint: Paint): string {
  const { rule, outcome } = entry;
  const { source, asks } = findRule(rule) ?? {};
  const head = `${paint(TONES[outcome], outcome.padEnd(INDENT.length - 1))} ${paint('strong', harmless(rule))}`;
  const lines = [asks, ...changes(entry)].filter((line) => line !== undefined);
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
      return [`from  ${shown(entry.from)}`, `to    ${shown(entry.to)}`];
    case 'dropped':
      return [`away  ${shown(entry.from)}`];
    case 'refused':
      return [`why   ${harmless(withoutId(entry))}`];
  }
}

/** Some descriptions end in the id of the rule, which stands above. */
const withoutId = ({ rule, description }: Extract<TraceEntry, { readonly outcome: 'refused' }>): string =>
  description.replace(` [${rule}]`, '');

const shown = (value: TraceValue): string =>
  value === undefined ? '(nothing)' : [value].flat().map(harmless).join(', ') || '(empty)';

function conclusion(
  judged: Judged,
  whose: string,
  rulesUri: string | undefined,
  paint: Paint,
): readonly string[] {
  if (!judged.ok) {
    const { code, rule } = judged.refusal;
    const link = rulesUri === undefined ? '' : `\n${INDENT}${rulesUri}#${harmless(rule)}`;
    return [
      `${paint('bad', 'Refused')} by ${whose}. The client would be told ${code} [${harmless(rule)}].${link}`,
    ];
  }
  const { candidateRefusal, vouchedBy } = judged;
  return [
    `${paint('good', 'Accepted')} by ${whose}. This would be registered:\n${toJson(judged.metadata)}`,
    ...(vouchedBy === undefined ? [] : [`${harmless(vouchedBy)} vouches for it.`]),
    ...(candidateRefusal === undefined
      ? []
      : [
          `${paint('uneasy', 'The candidate policy would refuse it')}, with the error ${candidateRefusal.code}:\n${INDENT}${harmless(candidateRefusal.description)}`,
        ]),
  ];
}

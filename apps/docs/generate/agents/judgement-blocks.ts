import type { TraceEntry, TraceValue } from '@vestibule/core/policy';
import { code, codeBlock, link, list, paragraphs, prose } from '../markdown/markdown.ts';

/** What a policy did. */
interface Judged {
  readonly ok: boolean;
  readonly metadata?: object;
  readonly refusal?: { readonly description: string; readonly rule: string };
  readonly trace: readonly TraceEntry[];
}

/** The result of a policy for an agent, with what was changed. */
export function judgementBlocks(judged: Judged): string {
  if (judged.metadata === undefined) {
    const { rule = '', description = '' } = judged.refusal ?? {};
    return `Refused by ${ruleLink(rule)}: ${prose(description)}.`;
  }
  const changes = judged.trace.flatMap(changeOf);
  return paragraphs(
    changes.length === 0 ? 'Accepted without a change. The client is:' : 'Accepted, with changes:',
    list(changes),
    changes.length === 0 ? '' : 'The client is:',
    codeBlock('json', JSON.stringify(judged.metadata, undefined, 2)),
  );
}

function changeOf(entry: TraceEntry): readonly string[] {
  switch (entry.outcome) {
    case 'narrowed':
      return [`${ruleLink(entry.rule)}: from ${valueOf(entry.from)} to ${valueOf(entry.to)}`];
    case 'dropped':
      return [`${ruleLink(entry.rule)}: ${valueOf(entry.from)} is left out`];
    case 'kept':
    case 'refused':
      return [];
  }
}

const ruleLink = (rule: string): string => link(code(rule), `../rules.md#${rule}`);

const valueOf = (value: TraceValue): string =>
  value === undefined || value.length === 0 ? 'nothing' : [value].flat().map(code).join(', ');

import type { RecordedValue } from '@vestibule/core/audit';
import type { PlannedChange } from '@vestibule/core/operator';
import { harmless } from '../output/harmless.ts';

/** A change as one line: `~ api notes: name: Notes → My notes`. */
export function changeLine({ sign, part, name, before = {}, after = {} }: PlannedChange): string {
  const head = `${sign} ${part} ${name}`;
  if (sign === '-') return harmless(head);
  const details = Object.keys({ ...before, ...after }).map((member) => {
    const label = member === 'value' ? '' : `${member}: `;
    const value = textOf(after[member]);
    return sign === '+' ? `${label}${value}` : `${label}${textOf(before[member])} → ${value}`;
  });
  return harmless(details.length === 0 ? head : `${head}: ${details.join(', ')}`);
}

const textOf = (value: RecordedValue | undefined): string =>
  value === undefined ? '(none)' : typeof value === 'string' ? value : JSON.stringify(value);

import { toStored } from '../../database/text.ts';

/** How JSON writes what PostgreSQL cannot store, and the escape character. Also matches text that only looks like it. */
const STRANGE = /\\u(?:0000|001b|d[89a-f])/i;

/** A value as JSON for PostgreSQL, with every text in it encoded as a column stores it. */
export function toJsonParameter(value: unknown): string {
  const json = JSON.stringify(value);
  if (!STRANGE.test(json)) return json;
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'string' ? toStored(member) : member,
  );
}

import { toWireText } from '../text/quote.ts';

/** What is wrong with a document, and at which place of it. Never the value, which may be a secret. */
export interface Problem {
  /** The member: `apis[0].resource`; empty for the document as a whole. */
  readonly place: string;
  /** What the member must be, or what to do: `must be an absolute URI`. */
  readonly problem: string;
}

/** A value that was read, or everything that is wrong with it. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** A problem as one line of text: `apis[0].resource: must be an absolute URI`. */
export const problemLine = ({ place, problem }: Problem): string => `${place || '(document)'}: ${problem}`;

/** Writes a path as a place: `['apis', 0, 'resource']` is `apis[0].resource`. */
export const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((place, part) => join(place, part), '');

/** Problems of a part of a document, as problems of the document. */
export const within = (path: readonly PropertyKey[], problems: readonly Problem[]): readonly Problem[] =>
  problems.map(({ place, problem }) => ({ place: joinPlaces(placeOf(path), place), problem }));

function join(place: string, part: PropertyKey): string {
  if (typeof part === 'number') return `${place}[${part}]`;
  const name = String(part);
  return /^[\w-]+$/.test(name) ? joinPlaces(place, name) : `${place}["${toWireText(name)}"]`;
}

const joinPlaces = (above: string, below: string): string =>
  above === '' || below === '' || below.startsWith('[') ? `${above}${below}` : `${above}.${below}`;

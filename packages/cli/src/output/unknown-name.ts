import { quoted } from './harmless.ts';

/** A message about an API or a scope that a realm does not have, with those that it has. */
export function unknownName(noun: 'API' | 'scope', name: string, known: readonly string[]): string {
  const choice = known.length === 0 ? 'It has none.' : `It has: ${known.map(quoted).join(', ')}.`;
  return `The realm has no ${noun} ${quoted(name)}. ${choice}`;
}

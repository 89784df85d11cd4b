import { isFreeFor, isRefused } from './judge.ts';
import type { Honest, Impostor } from './names/read.ts';

/**
 * How many names of a kind exist, and which are exceptions: imitations that were accepted, honest names that were refused.
 */
export interface Tally {
  readonly kind: string;
  readonly of: number;
  readonly out: readonly string[];
}

export const missed = (impostors: readonly Impostor[]): readonly Tally[] =>
  tally(
    impostors.map(({ kind, vendor, name }) => ({
      kind,
      name: `${name} (${vendor})`,
      isOut: !isRefused(name) || !isFreeFor(vendor, name),
    })),
  );

export const falseAlarms = (names: readonly Honest[]): readonly Tally[] =>
  tally(names.map(({ script, name }) => ({ kind: script, name, isOut: isRefused(name) })));

interface Judged {
  readonly kind: string;
  readonly name: string;
  readonly isOut: boolean;
}

const tally = (judged: readonly Judged[]): readonly Tally[] =>
  Array.from(new Set(judged.map(({ kind }) => kind)), (kind) => {
    const alike = judged.filter((one) => one.kind === kind);
    return { kind, of: alike.length, out: alike.filter(({ isOut }) => isOut).map(({ name }) => name) };
  });

/** All kinds together. */
export const total = (tallies: readonly Tally[]): Tally => ({
  kind: 'all',
  of: tallies.reduce((sum, { of }) => sum + of, 0),
  out: tallies.flatMap(({ out }) => out),
});

/** The share of exceptions. */
export const rate = ({ of, out }: Tally): number => out.length / of;

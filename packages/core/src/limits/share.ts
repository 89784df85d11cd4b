import type { Use } from './use.ts';

/**
 * A limit that all networks share, preceded by the share of one network, so that no network uses up all of it. The share is
 * left out if it is the whole limit.
 */
export const withShare = <Name extends string, Of extends string>(
  whole: Use<Name>,
  share: {
    readonly name: Of;
    /** The network, as a part of a key. */
    readonly network: string;
    /** The number of uses in the share. */
    readonly uses: number;
  },
): readonly Use<Name | Of>[] =>
  share.uses < whole.limit.uses
    ? [
        {
          name: share.name,
          key: `${whole.key}:${share.network}`,
          partOf: whole.key,
          limit: { uses: share.uses, seconds: whole.limit.seconds },
        },
        whole,
      ]
    : [whole];

/** A percentage of a number of uses, rounded up, so that it is at least 1. */
export const partOf = (uses: number, percent: number): number => Math.ceil((uses * percent) / 100);

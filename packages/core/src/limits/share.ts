import type { Use } from './consume-all.ts';

/**
 * A limit that everybody shares, and before it the part of it that one network may use, so that no network uses up all of it.
 * A part that is all of the limit is left out.
 *
 * @param network whose part it is, as a part of a key
 * @param uses how many uses are that part
 */
export const withShare = <Name extends string, Of extends string>(
  whole: Use<Name>,
  share: { readonly name: Of; readonly network: string; readonly uses: number },
): readonly Use<Name | Of>[] => [
  ...(share.uses < whole.limit.uses
    ? [
        {
          name: share.name,
          key: `${whole.key}:${share.network}`,
          limit: { ...whole.limit, uses: share.uses },
        },
      ]
    : []),
  whole,
];

/** So many percent of a number of uses, rounded up: of one use it is that one. */
export const partOf = (uses: number, percent: number): number => Math.ceil((uses * percent) / 100);

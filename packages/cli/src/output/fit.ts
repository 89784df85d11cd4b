/** How a column may be narrowed or dropped. */
interface Flexible {
  readonly atLeast?: number;
  readonly spare?: number;
}

/** The columns that fit, and their widths. */
export interface Fitted<Column> {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
}

const GAP = 2;

/**
 * Fits columns into a width: narrows the widest columns that may be cut, and if that is not enough drops columns that can
 * be spared.
 */
export function fit<Column extends Flexible>(
  columns: readonly Column[],
  natural: readonly number[],
  width: number = Number.POSITIVE_INFINITY,
): Fitted<Column> {
  const widths = [...natural];
  const floors = columns.map(({ atLeast }, index) => Math.min(atLeast ?? Infinity, natural[index] ?? 0));
  let over = sum(widths) + GAP * (columns.length - 1) - width;
  const room = sum(widths) - sum(floors);
  const spared = columns.reduce<Column | undefined>(leastNeeded, undefined);
  if (over > room && spared !== undefined) {
    const rest = <T>(list: readonly T[]): T[] => list.filter((_, index) => columns[index] !== spared);
    return fit(rest(columns), rest(natural), width);
  }
  for (; over > 0; over -= 1) {
    const widest = widths.reduce((found, own, index) => {
      const isCuttable = own > (floors[index] ?? 0);
      return isCuttable && own > (widths[found] ?? 0) ? index : found;
    }, -1);
    if (widest === -1) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return { columns, widths };
}

const leastNeeded = <Column extends Flexible>(
  found: Column | undefined,
  column: Column,
): Column | undefined => ((column.spare ?? 0) > (found?.spare ?? 0) ? column : found);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

import { isGroup, MAX_GROUPS } from '@vestibule/core';
import type { Claims } from './person.ts';

/** Which claim has the groups of a person, and which of them are taken. */
export interface UpstreamGroups {
  /**
   * The name of the claim, or the path to it: `['realm_access', 'roles']`. A dot in a name is a part of the name.
   *
   * @default that of the preset
   */
  readonly claim?: string | readonly string[];
  /**
   * The only groups that are taken: their names, or their names there with their names here, such as
   * `{ '5c0f…': 'agents' }`. Names are compared exactly.
   *
   * @default all of them
   */
  readonly only?: readonly string[] | Readonly<Record<string, string>>;
  /** Stands before the name of each group here, so that none is taken for a group that an operator gave: `acme/`. @default nothing */
  readonly prefix?: string;
}

/** How the groups of a person are read. */
export interface GroupSettings {
  readonly path: readonly string[];
  /** The names here by the names there. Absent: all are taken. */
  readonly only?: ReadonlyMap<string, string>;
  readonly prefix: string;
  /** The groups are the names of the members of an object. */
  readonly areKeys: boolean;
}

/** The groups of a person, and what was wrong with the claim. */
export interface ReadGroups {
  readonly groups: readonly string[];
  /** Why there are none although the provider says something about groups. */
  readonly problem?: string;
}

/**
 * Reads the groups of a person from verified claims. A claim that is left out means no groups. So does a claim that cannot be read: a
 * part of the groups would be an arbitrary one. A single text is one group, because some providers write a list of one so.
 */
export function groupsOf(claims: Claims, { path, only, prefix, areKeys }: GroupSettings): ReadGroups {
  const named = path.join('.');
  if (isTooMany(claims, path)) {
    return none(`The provider leaves ${named} out because the person has too many groups (_claim_names).`);
  }
  const value = valueAt(claims, path);
  if (value === undefined || value === null) return { groups: [] };
  const names = namesIn(value, areKeys);
  if (names === undefined) return none(`The claim ${named} is neither a list nor a text.`);
  const taken = names.flatMap((name) => nameHere(name, only)).map((name) => `${prefix}${name}`);
  const groups = [...new Set(taken.filter(isGroup))];
  return groups.length > MAX_GROUPS
    ? none(
        `The claim ${named} has ${groups.length} groups, of which at most ${MAX_GROUPS} are stored: limit them.`,
      )
    : { groups };
}

const none = (problem: string): ReadGroups => ({ groups: [], problem });

/** The texts of a claim. Anything else in a list is left out. */
function namesIn(value: unknown, areKeys: boolean): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string');
  return areKeys && isObject(value) ? Object.keys(value) : undefined;
}

function nameHere(name: string, only: GroupSettings['only']): readonly string[] {
  if (only === undefined) return [name];
  const here = only.get(name);
  return here === undefined ? [] : [here];
}

/** The value of a claim, or of a member of one. */
function valueAt(claims: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return claims;
  return isObject(claims) && Object.hasOwn(claims, name) ? valueAt(claims[name], rest) : undefined;
}

/**
 * Whether the provider says where else the claim is, because it is too large for a token. That place is not asked.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#AggregatedDistributedClaims OIDC Core §5.6.2}
 */
function isTooMany({ _claim_names: elsewhere }: Claims, [name = '']: readonly string[]): boolean {
  return isObject(elsewhere) && Object.hasOwn(elsewhere, name);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

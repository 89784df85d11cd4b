import type { GroupSettings, UpstreamGroups } from './groups.ts';
import type { UpstreamPreset } from './presets.ts';

/** The options for groups, with the defaults of the preset. */
export function groupSettings(
  { claim, only, prefix = '' }: UpstreamGroups,
  { groupsClaim, areGroupsKeys = false }: UpstreamPreset,
): GroupSettings {
  const path = [claim ?? groupsClaim ?? []].flat();
  const pairs = Array.isArray(only) ? only.map((name) => [name, name] as const) : Object.entries(only ?? {});
  return { path, prefix, areKeys: areGroupsKeys, ...(only !== undefined && { only: new Map(pairs) }) };
}

/** What is wrong with the options for groups. It names the option. */
export function groupsProblem(
  { claim, only, prefix, ...unknown }: UpstreamGroups,
  { name, groupsClaim }: UpstreamPreset,
): string | undefined {
  const [other] = Object.keys(unknown);
  if (other !== undefined) return `"groups" has the unknown member "${other}".`;
  if (claim === undefined && groupsClaim === undefined) {
    return `"groups" needs "claim": ${name} has no claim for groups of its own.`;
  }
  if (claim !== undefined && !isPath(claim)) {
    return '"groups.claim" must be the name of a claim, or a list of names that leads to it.';
  }
  if (prefix !== undefined && !isText(prefix)) return '"groups.prefix" must be a text.';
  if (only !== undefined && !areNames(only)) {
    return '"groups.only" must list names of groups, or give each name there its name here.';
  }
  return undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isPath = (claim: unknown): boolean => {
  const names: readonly unknown[] = [claim].flat();
  return names.length > 0 && names.every(isText);
};

function areNames(only: unknown): boolean {
  if (typeof only !== 'object' || only === null) return false;
  const values: readonly unknown[] = Object.values(only);
  return values.length > 0 && values.every(isText);
}

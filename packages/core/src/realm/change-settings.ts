import { nearest } from '../text/nearest.ts';
import { contradictions } from './contradictions.ts';
import { choosablePaths, parseChosenSettings } from './parse-settings.ts';
import type { Parsed, Problem } from './problem.ts';
import { isWithin, leavesOf, merged, without } from './setting-tree.ts';
import { type PartialRealmSettings, withDefaultSettings } from './settings.ts';

/** A change of the settings of a realm. */
export type SettingsChange =
  /** The settings that get another value, as in a document. Lists are replaced. */
  | { readonly set: unknown }
  /** The path of a setting, or of a group of them, that gets its default again. */
  | { readonly reset: string };

/** The settings of a realm after a change. */
export interface ChangedSettings {
  /** What has been chosen; everything else has its default. */
  readonly settings: PartialRealmSettings;
  /** The paths of the changed settings: `registration.mode`. */
  readonly paths: readonly string[];
}

/**
 * Applies a change to the settings that are stored of a realm. A contradiction is a problem if a changed setting is part of
 * it: others, which an earlier release allowed, do not stand in the way.
 */
export function changedSettings(
  current: PartialRealmSettings,
  change: SettingsChange,
): Parsed<ChangedSettings> {
  const changed = 'reset' in change ? resetIn(current, change.reset) : setIn(current, change.set);
  if (!changed.ok) return changed;
  const { settings, paths } = changed.value;
  const problems = contradictions(withDefaultSettings(settings)).filter(({ between }) =>
    between.some((path) => paths.some((one) => isWithin(one, path))),
  );
  return problems.length === 0 ? changed : { ok: false, problems };
}

function setIn(current: PartialRealmSettings, value: unknown): Parsed<ChangedSettings> {
  const chosen = parseChosenSettings(value);
  if (!chosen.ok) return chosen;
  const paths = leavesOf(chosen.value).map(({ path }) => path);
  return { ok: true, value: { settings: merged(current, chosen.value), paths } };
}

function resetIn(current: PartialRealmSettings, above: string): Parsed<ChangedSettings> {
  const paths = choosablePaths().filter((path) => isWithin(path, above));
  if (paths.length === 0) return { ok: false, problems: [unknownSetting(above)] };
  return { ok: true, value: { settings: without(current, new Set(paths)), paths } };
}

function unknownSetting(place: string): Problem {
  const groups = choosablePaths().flatMap((one) =>
    one.split('.').map((_, index, all) => all.slice(0, index + 1).join('.')),
  );
  const meant = nearest(place, groups);
  return { place, problem: `unknown setting.${meant === undefined ? '' : ` Did you mean ${meant}?`}` };
}

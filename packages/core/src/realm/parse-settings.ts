import { isObject } from '../members.ts';
import { nearest } from '../text/nearest.ts';
import { contradictions } from './contradictions.ts';
import type { Parsed, Problem } from './problem.ts';
import { parseWith } from './schema/in-words.ts';
import { settingPaths, settingsSchema } from './schema/settings-schema.ts';
import { leavesOf } from './setting-tree.ts';
import { type PartialRealmSettings, withDefaultSettings } from './settings.ts';

/**
 * Reads the settings of a realm, as a document has them: a setting that is left out has its default. Durations may be texts
 * such as `30d`; they become seconds.
 *
 * @returns the settings that were chosen, or everything that is wrong with them
 */
export function parseSettings(value: unknown): Parsed<PartialRealmSettings> {
  const parsed = parseChosenSettings(value);
  if (!parsed.ok) return parsed;
  const problems = contradictions(withDefaultSettings(parsed.value));
  return problems.length === 0 ? parsed : { ok: false, problems };
}

/** What the replacement of keys leaves among the settings of a realm. No operator chooses it. */
const OF_REPLACED_KEYS: ReadonlySet<string> = new Set(['keys.replaceMadeBefore', 'keys.compromised']);

/** The paths of all settings that an operator can choose. */
export const choosablePaths = (): readonly string[] =>
  settingPaths().filter((path) => !OF_REPLACED_KEYS.has(path));

/** Reads settings that an operator chooses, one by one, without looking for contradictions. */
export function parseChosenSettings(value: unknown): Parsed<PartialRealmSettings> {
  const parsed = parseEachSetting(value);
  if (!parsed.ok) return parsed;
  const problems = leavesOf(parsed.value)
    .filter(({ path }) => OF_REPLACED_KEYS.has(path))
    .map(({ path }) => ({ place: path, problem: 'cannot be chosen: it is set when keys are replaced' }));
  return problems.length === 0 ? parsed : { ok: false, problems };
}

/** Reads settings one by one, without looking for contradictions. A member that is `undefined` is left out. */
export function parseEachSetting(value: unknown): Parsed<PartialRealmSettings> {
  const parsed = parseWith(settingsSchema(), withoutUndefined(value));
  return parsed.ok ? parsed : { ok: false, problems: parsed.problems.map(asSetting) };
}

const UNKNOWN = /^unknown member\.(?: Did you mean (\w+)\?)?$/;

/** Calls an unknown member a setting, and suggests one by its whole path, wherever it is. */
function asSetting({ place, problem }: Problem): Problem {
  const [found, sibling] = UNKNOWN.exec(problem) ?? [];
  if (found === undefined) return { place, problem };
  const above = place.slice(0, place.lastIndexOf('.') + 1);
  const name = place.slice(above.length);
  const elsewhere = settingPaths().find((path) => path.endsWith(`.${name}`));
  const meant = sibling === undefined ? (elsewhere ?? nearest(place, settingPaths())) : `${above}${sibling}`;
  return { place, problem: `unknown setting.${meant === undefined ? '' : ` Did you mean ${meant}?`}` };
}

function withoutUndefined(value: unknown): unknown {
  if (!isObject(value)) return value;
  const present = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(present.map(([name, member]) => [name, withoutUndefined(member)]));
}

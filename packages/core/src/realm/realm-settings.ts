import { contradictions } from './contradictions.ts';
import { parseEachSetting } from './parse-settings.ts';
import { problemLine } from './problem.ts';
import { type PartialRealmSettings, type RealmSettings, withDefaultSettings } from './settings.ts';

/**
 * The settings of a realm that a program makes: those that were chosen, with the defaults for all others.
 *
 * @throws TypeError if one is unknown or invalid, or if some contradict each other; the message lists all of them
 */
export function realmSettings(chosen: PartialRealmSettings = {}): RealmSettings {
  const parsed = parseEachSetting(chosen);
  const problems = parsed.ok ? contradictions(withDefaultSettings(parsed.value)) : parsed.problems;
  if (!parsed.ok || problems.length > 0) {
    const lines = problems.map((problem) => `  ${problemLine(problem)}`);
    throw new TypeError(`realmSettings cannot make these settings:\n${lines.join('\n')}`);
  }
  return withDefaultSettings(parsed.value);
}

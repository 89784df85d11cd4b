import type { Command } from 'commander';
import { readJson } from '../options/read-json.ts';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import { readBytes } from '../explain/read-body.ts';
import { Refused } from '../errors/refused.ts';
import type { Surroundings } from '../context/context.ts';
import { apply, resetSetting, setSetting } from '../settings/change-settings.ts';
import { showSettings } from '../settings/show-settings.ts';

/** `vestibule settings`: shows and changes what an operator decides for a realm. */
export function addSettings(program: Command, surroundings: Surroundings): void {
  const settings = withRealmOptions(program.command('settings'))
    .summary('show and change a realm’s settings')
    .description('Shows every setting of the realm, and what it is where nobody chose otherwise.')
    .addHelpText('after', EXAMPLES);
  onCall(settings, (options) => showSettings(surroundings, options));
  const set = withRealmOptions(settings.command('set'))
    .summary('change one setting, at once')
    .description('Changes one setting. The value is JSON; what is none is taken as a text.')
    .argument('<path>', 'the setting, as the list names it')
    .argument('<value>', 'what it is to be');
  onCall(set, (options, [path = '', value = '']) => setSetting(surroundings, options, path, value));
  const reset = withRealmOptions(settings.command('reset'))
    .summary('give a setting its default again')
    .description('Gives a setting, or everything below a path, its default again.')
    .argument('<path>', 'the setting, or what it stands below');
  onCall(reset, (options, [path = '']) => resetSetting(surroundings, options, path));
  const fromFile = withRealmOptions(settings.command('apply'))
    .summary('change the settings that a file names, all of them or none')
    .description('Changes the settings that a JSON file names. The others stay as they are.')
    .argument('<file>', 'the file, or - for standard input');
  onCall(fromFile, async (options, [file = '']) =>
    apply(surroundings, options, jsonOf(file, await readBytes(file, surroundings))),
  );
}

function jsonOf(file: string, bytes: Uint8Array): unknown {
  const read = readJson(textOf(file, bytes));
  if (read.ok) return read.value;
  throw new Refused(`${file} ${read.problem}.`);
}

function textOf(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refused(`${file} is not UTF-8. Save it as UTF-8.`);
  }
}

const EXAMPLES = `
Examples:
  vestibule settings
  vestibule settings set registration.mode both
  vestibule settings set registration.limits.perAddressPerHour 20
  vestibule settings set registration.refusedRedirectHosts '["evil.example", "*.evil.example"]'
  vestibule settings reset registration.limits`;

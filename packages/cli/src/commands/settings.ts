import type { Command } from 'commander';
import { readJsonFile } from '../options/read-json-file.ts';
import { withRealmOptions } from '../options/common.ts';
import { onCall } from '../options/on-call.ts';
import type { CommandContext } from '../context/command-context.ts';
import { changeSettings, resetSetting, setSetting } from '../settings/change-settings.ts';
import { showSettings } from '../settings/show-settings.ts';

/** `vestibule settings`: shows and changes the settings of a realm. */
export function addSettings(program: Command, context: CommandContext): void {
  const settings = withRealmOptions(program.command('settings'))
    .summary('show and change the settings of a realm')
    .description('Shows every setting of the realm, and its default if that is different.')
    .addHelpText('after', EXAMPLES);
  onCall(settings, (options) => showSettings(context, options));
  const set = withRealmOptions(settings.command('set'))
    .summary('change one setting')
    .description(
      'Changes one setting. The value is JSON; a value that is not JSON is a string. This takes effect immediately on every node.',
    )
    .argument('<path>', 'the path of the setting, as in the list')
    .argument('<value>', 'the new value');
  onCall(set, (options, [path = '', value = '']) => setSetting(context, options, path, value));
  const reset = withRealmOptions(settings.command('reset'))
    .summary('reset a setting to its default')
    .description('Resets a setting, or all settings below a path, to the default.')
    .argument('<path>', 'the path of a setting, or of a group of settings');
  onCall(reset, (options, [path = '']) => resetSetting(context, options, path));
  const fromFile = withRealmOptions(settings.command('apply'))
    .summary('change the settings in a file, all of them or none')
    .description(
      'Changes the settings in a JSON file, all of them or none. Other settings keep their values.',
    )
    .argument('<file>', 'a JSON file; - is standard input');
  onCall(fromFile, async (options, [file = '']) =>
    changeSettings(context, options, { set: await readJsonFile(file, context) }),
  );
}

const EXAMPLES = `
Examples:
  vestibule settings
  vestibule settings set registration.mode both
  vestibule settings set registration.limits.perAddressPerHour 20
  vestibule settings set registration.refusedRedirectHosts '["evil.example", "*.evil.example"]'
  vestibule settings reset registration.limits`;

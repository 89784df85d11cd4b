import { unlessBrokenPipe } from './broken-pipe.ts';
import { backup } from './commands/backup.ts';
import { move } from './commands/move.ts';
import { type Config, defaultIssuer, isLoopback, readConfig } from './config.ts';
import { demo } from './demo/demo.ts';
import { createLogger } from './logger.ts';
import { Refused } from './refused.ts';
import { run, type RunningApp } from './run.ts';
import { stopOnSignal } from './stop-on-signal.ts';

const USAGE = `vestibule start           run the app, configured by the environment
vestibule demo [--once]   run it with a realm of its own and let an agent attach
vestibule backup FILE     copy the SQLite database to a file, while it is in use
vestibule move FROM TO    move everything from sqlite:./vestibule.db to an empty postgres://…`;

/** What the command line does. */
export async function main([command, ...options]: readonly string[]): Promise<void> {
  try {
    if (command === '--help' || command === 'help') return console.log(USAGE);
    if (command === 'start' && options.length === 0) return await start();
    const [first = '', second = ''] = options;
    const isOption = options.some((option) => option.startsWith('-'));
    if (command === 'backup' && options.length === 1 && !isOption) return await backup(first);
    if (command === 'move' && options.length === 2) return await move(first, second);
    if (command === 'demo' && options.every((option) => option === '--once')) {
      process.exitCode = await demo({ once: options.length > 0 });
      return;
    }
    throw new Refused(USAGE);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  // It serves on when nobody reads what it prints any more.
  process.stdout.on(
    'error',
    unlessBrokenPipe(() => undefined),
  );
  const onStop = stopOnSignal();
  const app = await run(config, createLogger(config.logLevel));
  onStop(() => app.stop());
  for (const line of greeting(config, app)) console.log(line);
}

function greeting(config: Config, { realm, realmOrigin }: RunningApp): readonly string[] {
  const { issuer, port, seed } = config;
  const lines = [`Vestibule serves the realm ${realm.id} at ${issuer}`];
  if (issuer !== defaultIssuer(port)) {
    const where = config.host ?? (isLoopback(issuer) ? 'localhost' : 'every address');
    lines.push(
      `It listens on port ${port} of ${where}, for http: something in front has to bring ${issuer} there.`,
    );
  }
  if (realmOrigin === 'nowhere') {
    lines.push(
      'Nobody has described the realm yet, so it is empty and its door is closed. SEED describes one.',
    );
  } else {
    if (seed !== undefined && realmOrigin === 'database') {
      lines.push(
        `The database has this realm already, so ${seed} was not applied. Another DATABASE_URL starts afresh.`,
      );
    }
    if (!realm.settings.registration.open) lines.push('Its door is closed: no client can register.');
  }
  return lines;
}

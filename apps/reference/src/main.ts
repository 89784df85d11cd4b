import { createProgram, processSurroundings, runProgram } from '@vestibule/cli';
import { type Config, defaultIssuer, isLoopback, readConfig } from './config.ts';
import { demo } from './demo/demo.ts';
import { createLogger } from './logger.ts';
import { run, type RunningApp } from './run.ts';
import { stopOnSignal } from './stop-on-signal.ts';

/** What the command line does: what `vestibule` does everywhere, and running the app. */
export async function main(args: readonly string[]): Promise<void> {
  const surroundings = processSurroundings();
  const program = createProgram(surroundings);
  program
    .command('start')
    .helpGroup('The app:')
    .description('run the app, configured by the environment')
    .action(start);
  program
    .command('demo')
    .helpGroup('The app:')
    .description('run it with a realm of its own and let an agent attach')
    .option('--once', 'end after the handshake: 0, or 1 and the step that failed')
    .action(async ({ once = false }: { readonly once?: boolean }) => {
      process.exitCode = await demo({ once });
    });
  await runProgram(program, args, surroundings);
}

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const onStop = stopOnSignal();
  const app = await run(config, createLogger(config.logLevel));
  onStop(() => app.stop());
  for (const line of greeting(config, app)) console.log(line);
}

function greeting(config: Config, { realm, others, realmOrigin }: RunningApp): readonly string[] {
  const { issuer, port, seeds } = config;
  const lines = [realm, ...others].map(({ id, issuer: its }) => `Vestibule serves the realm ${id} at ${its}`);
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
    if (seeds.length > 0 && realmOrigin === 'database') {
      lines.push(
        `The database has this realm already, so ${seeds.join(', ')} was not applied. Another DATABASE_URL starts afresh.`,
      );
    }
    if (!realm.settings.registration.open) lines.push('Its door is closed: no client can register.');
  }
  return lines;
}

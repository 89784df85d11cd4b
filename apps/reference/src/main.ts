import { readConfig } from './config.ts';
import { demo } from './demo/demo.ts';
import { createLogger } from './logger.ts';
import { Refused } from './refused.ts';
import { run } from './run.ts';
import { stopOnSignal } from './stop-on-signal.ts';

const USAGE = `vestibule start          run the app, configured by the environment
vestibule demo [--once]  run it with a realm of its own and let an agent attach`;

/** What the command line does. */
export async function main([command, ...options]: readonly string[]): Promise<void> {
  try {
    if (command === 'start' && options.length === 0) return await start();
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
  const app = await run(config, createLogger(config.logLevel));
  stopOnSignal(() => app.stop());
  const { id, issuer } = app.realm;
  console.log(`Vestibule serves the realm ${id} at ${issuer}`);
  if (config.seed !== undefined && !app.isNewRealm) {
    console.log(`The database has this realm already, so ${config.seed} was not applied.`);
  }
  if (!app.realm.settings.registration.open) console.log('Its door is closed: no client can register.');
}

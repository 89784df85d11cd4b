import type { CommandContext } from '@vestibule/cli/process';
import { isLoopbackUrl } from '@vestibule/http';
import { stopOnSignal } from '@vestibule/node';
import { type Config, defaultIssuer, readConfig } from '@vestibule/node/environment';
import { createLogger } from './logger.ts';
import { run, type RunningApp } from './run.ts';

/** Runs the app, configured by environment variables, until a signal stops it. */
export async function start({ env, stdout }: CommandContext): Promise<void> {
  const config = readConfig(env);
  const onStop = stopOnSignal(sayStopping);
  const app = await run(config, createLogger(config.logLevel));
  onStop(() => app.stop());
  for (const line of greeting(config, app)) stdout.write(`${line}\n`);
}

/** Says how to stop immediately. */
export const sayStopping = (): void => console.log('Stopping. Press Ctrl-C again to stop immediately.');

function greeting(config: Config, { realm, others, realmOrigin }: RunningApp): readonly string[] {
  const { issuer, port, seeds } = config;
  const lines = [realm, ...others].map(({ id, issuer: its }) => `Vestibule serves the realm ${id} at ${its}`);
  if (issuer !== defaultIssuer(port)) {
    const where = config.host ?? (isLoopbackUrl(issuer) ? 'localhost' : 'every address');
    lines.push(
      `It listens on port ${port} of ${where} with plain http. A reverse proxy must forward ${issuer} to it.`,
    );
  }
  if (config.upstream !== undefined) {
    const returns = [realm, ...others].map((one) => `${one.issuer}/connect/sign-in/return`).join(' and ');
    lines.push(`People sign in at ${config.upstream.issuer}. Its client needs the redirect URI ${returns}`);
  }
  if (realmOrigin === 'nowhere') {
    lines.push(
      'The database has no realm yet, so an empty realm with closed gates is served. Set SEED to a file that describes one.',
    );
  } else {
    if (seeds.length > 0 && realmOrigin === 'database') {
      lines.push(
        `The database already has this realm, so ${seeds.join(', ')} was not applied. To start afresh, set another DATABASE_URL.`,
      );
    }
    if (!realm.settings.registration.open) {
      lines.push('Registration is closed. To open it, run vestibule gates open realm.');
    }
  }
  return lines;
}

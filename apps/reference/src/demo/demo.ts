import { unlessBrokenPipe } from '@vestibule/cli/process';
import { describeLocation, reasonOf, Refused } from '@vestibule/database';
import { createNarrator, handshake } from '@vestibule/example-agent';
import { attachCommands, startToyAgent, type ToyAgent, withFrontPage } from '@vestibule/example-demo-pages';
import { stopOnSignal } from '@vestibule/node';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, readConfig } from '@vestibule/node/environment';
import { createLogger } from '../logger.ts';
import { run, type RunningApp } from '../run.ts';
import { DEMO_PERSON } from './demo-password.ts';

export interface DemoOptions {
  /** Stop after the handshake instead of continuing to run. */
  readonly once: boolean;
  /** Called when a signal stops the demo. */
  readonly onStopping: () => void;
}

const SEED = fileURLToPath(new URL('../../seeds/demo.json', import.meta.url));

/**
 * Demonstrates how an agent attaches: starts the app with a demo realm, lets an agent attach to it, and keeps running for the
 * reader's own agents. Its database is deleted at the end, unless `DATABASE_URL` names one.
 *
 * @returns the exit code: 0 if the handshake succeeded
 */
export async function demo({ once, onStopping }: DemoOptions): Promise<number> {
  // Before anything needs cleanup, handle what may end the demo early: a signal, or a closed output pipe.
  const onStop = stopOnSignal(onStopping);
  process.stdout.on('error', unlessBrokenPipe(process.exit));

  const folder = temporaryFolder();
  const DATABASE_URL = `sqlite:${join(folder, 'demo.db')}`;
  const config = readConfig(process.env, { DATABASE_URL, SEED, LOG_LEVEL: 'warn' });
  const toyAgent = await startToyAgent();
  const app = await startApp(config, toyAgent);
  onStop(() => {
    toyAgent.close();
    return app.stop();
  });

  const succeeded = await narrateHandshake(app);
  if (once || !succeeded) {
    toyAgent.close();
    await app.stop();
    return succeeded ? 0 : 1;
  }
  toyAgent.serve({ notes: notesAddress(app), issuer: app.realm.issuer });
  const isTemporary = config.database.kind === 'sqlite' && config.database.path.startsWith(folder);
  const keptIn = isTemporary ? undefined : describeLocation(config.database);
  for (const line of instructions(app, keptIn)) console.log(line);
  return 0;
}

/** Starts the app with the front page. If it cannot start, the toy agent ends, too. */
async function startApp(config: Config, toyAgent: ToyAgent): Promise<RunningApp> {
  try {
    const routesBeside = withFrontPage(toyAgent.url, DEMO_PERSON);
    return await run(config, createLogger(config.logLevel), Date.now, routesBeside);
  } catch (error) {
    toyAgent.close();
    throw error;
  }
}

/** Creates a folder that is deleted when the process exits. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-demo-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function narrateHandshake(app: RunningApp): Promise<boolean> {
  const narrator = createNarrator(console.log);
  try {
    const server = notesAddress(app);
    narrator.begin(`A person gives an agent the URL ${server.href}`);
    await handshake({ server, person: DEMO_PERSON, narrator });
    console.log('\nThe agent is connected. It holds a token that only Notes accepts.');
    return true;
  } catch (error) {
    console.error(`\nThis step failed: ${narrator.step}\n${reasonOf(error)}`);
    return false;
  }
}

function notesAddress({ realm }: RunningApp): URL {
  const notes = realm.apis.find(({ id }) => id === 'notes');
  if (notes === undefined) {
    throw new Refused(
      `The realm ${realm.id} has no API with the id notes, which the demo needs. Add one to the SEED.`,
    );
  }
  return new URL(notes.resource);
}

function instructions(app: RunningApp, keptIn: string | undefined): readonly string[] {
  const { href } = notesAddress(app);
  return [
    '',
    'Vestibule keeps running. To see it in a browser, and connect an agent with two clicks, open',
    '',
    `    ${new URL('/', app.realm.issuer).href}`,
    '',
    'Or attach an agent of your own:',
    '',
    `    MCP server   ${href}`,
    `    sign in as   ${DEMO_PERSON.username}   with the password   ${DEMO_PERSON.password}   when the browser opens`,
    '',
    ...attachCommands(href).map((command) => `    ${command}`),
    '    npx -y @modelcontextprotocol/inspector   (then paste the address)',
    '',
    keptIn === undefined
      ? 'Press Ctrl-C to stop the demo and delete its data.'
      : `Press Ctrl-C to stop the demo. Its data stays in ${keptIn}.`,
  ];
}

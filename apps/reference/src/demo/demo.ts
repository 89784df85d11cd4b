import { describeLocation, reasonOf, Refused, unlessBrokenPipe } from '@vestibule/cli';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../config.ts';
import { createLogger } from '../logger.ts';
import { run, type RunningApp } from '../run.ts';
import { stopOnSignal } from '../stop-on-signal.ts';
import { DEMO_PERSON } from './demo-password.ts';
import { handshake } from './handshake.ts';
import { createNarrator } from './narrator.ts';

export interface DemoOptions {
  /** End after the handshake instead of running on. */
  readonly once: boolean;
}

const SEED = fileURLToPath(new URL('../../seeds/demo.json', import.meta.url));

/**
 * Shows the main job: starts the app with a realm of its own, lets an agent attach, and keeps running for agents
 * of the reader's. Its database is a new one that goes with it, unless `DATABASE_URL` names another.
 *
 * @returns the exit code: 0 where the handshake worked
 */
export async function demo({ once }: DemoOptions): Promise<number> {
  // Before there is anything to clean up, everything that ends a demo early: a signal, and a reader who goes away.
  const onStop = stopOnSignal();
  process.stdout.on('error', unlessBrokenPipe(process.exit));

  const folder = temporaryFolder();
  const config = readConfig({
    DATABASE_URL: `sqlite:${join(folder, 'demo.db')}`,
    SEED,
    LOG_LEVEL: 'warn',
    ...definedIn(process.env),
  });
  const app = await run(config, createLogger(config.logLevel));
  onStop(() => app.stop());

  const worked = await tell(app);
  if (once || !worked) {
    await app.stop();
    return worked ? 0 : 1;
  }
  const isOurs = config.database.kind === 'sqlite' && config.database.path.startsWith(folder);
  const keeps = isOurs ? undefined : describeLocation(config.database);
  for (const line of invitation(app, keeps)) console.log(line);
  return 0;
}

/** A folder that goes with the process, however that ends. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-demo-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Variables that are set to something. */
const definedIn = (env: NodeJS.ProcessEnv): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));

async function tell(app: RunningApp): Promise<boolean> {
  const narrator = createNarrator(console.log);
  try {
    const server = notesAddress(app);
    narrator.begin(`A person gives an agent the URL ${server.href}`);
    await handshake({ server, person: DEMO_PERSON, narrator });
    console.log('\nThe agent is connected. It holds a token that only Notes accepts.');
    return true;
  } catch (error) {
    console.error(`\nThis step did not work: ${narrator.step}\n${reasonOf(error)}`);
    return false;
  }
}

function notesAddress({ realm }: RunningApp): URL {
  const notes = realm.apis.find(({ id }) => id === 'notes');
  if (notes === undefined) {
    throw new Refused(`The realm ${realm.id} has no API with the id notes; the demo needs one.`);
  }
  return new URL(notes.resource);
}

function invitation(app: RunningApp, keeps: string | undefined): readonly string[] {
  const { href } = notesAddress(app);
  return [
    '',
    'Vestibule keeps running. Attach an agent of your own:',
    '',
    `    its MCP server   ${href}`,
    `    when the browser opens, sign in as   ${DEMO_PERSON.username}   with the password   ${DEMO_PERSON.password}`,
    '',
    `    claude mcp add --transport http notes ${href}`,
    `    codex mcp add notes --url ${href}`,
    `    gemini mcp add --transport http notes ${href}`,
    '    npx -y @modelcontextprotocol/inspector   (then paste the address)',
    '',
    keeps === undefined
      ? 'Ctrl-C ends it, and what was registered is forgotten.'
      : `Ctrl-C ends it. What was registered stays in ${keeps}.`,
  ];
}

/**
 * Builds the image without a container engine and runs it: the instructions of the Dockerfile are carried out in folders, with the programs of
 * this computer instead of those of the base image. The result then runs as a container does: as the first process, as the account of
 * the image, without capabilities, and with everything but its data read-only. An agent attaches to it. Needs Linux and root.
 */
import { createNarrator, handshake } from '@vestibule/example-agent';
import { freePort } from '@vestibule/testing/port';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, matchesGlob } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DEMO_PERSON } from '../src/demo/demo-password.ts';
import { environmentOf, last, type Stage, stagesOf, wordsOf } from './dockerfile.ts';
import { firstProcess, runIn, startIn } from './sandbox.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const dockerfile = join(repository, 'apps/reference/deployment/Dockerfile');
const folder = mkdtempSync(join(tmpdir(), 'vestibule-image-'));
/** The store of pnpm. An empty one is filled from the registry. */
const store = process.env['PNPM_STORE'] ?? join(folder, 'store');

const say = (text: string): void => void process.stdout.write(`${text}\n`);
function expect(what: string, holds: boolean, detail = ''): void {
  if (!holds) throw new Error(`Not so: ${what}. ${detail}`);
  say(`ok   ${what}`);
}

const rootOf = (stage: string): string => join(folder, `stage-${stage}`);

/** Copies the context without what the ignore file names. */
function copyContext(target: string): void {
  const ignored = readFileSync(`${dockerfile}.dockerignore`, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const isIgnored = (path: string): boolean =>
    path.split('/').some((_, index, parts) => {
      const prefix = parts.slice(0, index + 1).join('/');
      return ignored.some((pattern) => matchesGlob(prefix, pattern));
    });
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
  });
  for (const file of files.split('\0').filter((path) => path !== '' && !isIgnored(path))) {
    if (!existsSync(join(repository, file))) continue;
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(join(repository, file), join(target, file));
  }
}

/** What a package manager needs to reach its registry from here. */
const network = Object.fromEntries(
  Object.entries(process.env).filter(([name]) =>
    /^(?:npm_config_|https?_proxy$|no_proxy$|node_extra_ca)/i.test(name),
  ),
);

function build(stage: Stage): void {
  const root = rootOf(stage.name);
  mkdirSync(root, { recursive: true });
  let cwd = '/';
  for (const { name, rest } of stage.instructions) {
    if (name === 'WORKDIR') mkdirSync(join(root, (cwd = rest)), { recursive: true });
    const [, from, source = '', target = ''] = /^(?:--from=(\w+) )?(\S+) (\S+)$/.exec(rest) ?? [];
    if (name === 'COPY') {
      if (from === undefined) copyContext(join(root, cwd, target));
      else cpSync(join(rootOf(from), source), join(root, target), { recursive: true });
    }
    if (name === 'RUN') {
      const [, cache, line = ''] = /^(?:--mount=type=cache,\S*target=(\S+) )?(.*)$/.exec(rest) ?? [];
      say(`run  ${line}`);
      const home = process.env['HOME'] ?? '/root';
      const npmrc = join(home, '.npmrc');
      mkdirSync(store, { recursive: true });
      mkdirSync(join(root, 'root'), { recursive: true });
      if (existsSync(npmrc)) cpSync(npmrc, join(root, 'root/.npmrc'));
      const env = { ...network, ...environmentOf(stage), HOME: '/root' };
      const binds = cache === undefined ? {} : { [store]: cache };
      const { code, output } = runIn({ root, cwd, env, binds, command: ['sh', '-c', line] });
      if (code !== 0) throw new Error(`It ended with ${code}:\n${output}`);
    }
  }
}

async function tryImage(image: Stage): Promise<void> {
  const root = rootOf(image.name);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  chownSync(data, 1000, 1000);
  const port = String(await freePort());
  const seed = join(root, 'app/demo.json');
  cpSync(join(repository, 'apps/reference/seeds/demo.json'), seed);
  const container = {
    root,
    cwd: last(image, 'WORKDIR'),
    user: last(image, 'USER'),
    env: { ...environmentOf(image), PORT: port, SEED: '/app/demo.json' },
    binds: { [data]: last(image, 'VOLUME') },
    readOnly: true,
  };
  const entry = wordsOf(last(image, 'ENTRYPOINT'));
  const health = (...more: readonly string[]) =>
    runIn({ ...container, command: [...wordsOf(last(image, 'HEALTHCHECK')), ...more] });

  expect('the health check fails while nothing runs', health().code === 1);
  const app = startIn({ ...container, command: [...entry, ...wordsOf(last(image, 'CMD'))] });
  let output = '';
  for (const stream of [app.stdout, app.stderr]) {
    stream?.on('data', (text: unknown) => (output += String(text)));
  }
  try {
    for (let attempts = 0; health('/readyz').code !== 0; attempts += 1) {
      if (attempts > 40) throw new Error(`It does not get ready:\n${output}`);
      await pause(250);
    }
    expect('the health check succeeds', health().code === 0, health().output);
    const first = firstProcess(app);
    const status = readFileSync(`/proc/${first}/status`, 'utf8');
    expect(
      'it is the first process, without capabilities, as the account 1000',
      /^NSpid:\s+\d+\s+1$/m.test(status) &&
        /^Uid:\s+1000\s/m.test(status) &&
        /^CapEff:\s+0+$/m.test(status) &&
        /^CapBnd:\s+0+$/m.test(status),
      status,
    );
    expect(
      'it starts no other process',
      readFileSync(`/proc/${first}/task/${first}/children`, 'utf8').trim() === '',
    );
    const writing = runIn({
      ...container,
      command: ['sh', '-c', 'touch /app/a || touch /etc/a || touch /a'],
    });
    expect('nothing but its data can be written', writing.code !== 0, writing.output);
    const notes = await handshake({
      server: new URL(`http://localhost:${port}/mcp`),
      person: DEMO_PERSON,
      narrator: createNarrator(() => undefined),
    });
    expect('an agent attaches and calls a tool', notes !== '', notes);
    const backup = runIn({ ...container, command: [...entry, 'backup', 'backup.db'] });
    expect('a backup is made in the data folder', backup.code === 0, backup.output);
    for (const file of ['vestibule.db', 'vestibule.db.key', 'backup.db']) {
      const { mode, uid } = statSync(join(data, file));
      expect(`${file} is readable for its account alone`, (mode & 0o777) === 0o600 && uid === 1000);
    }
    const since = Date.now();
    process.kill(first, last(image, 'STOPSIGNAL'));
    const [code]: (number | null)[] = await once(app, 'exit');
    expect('SIGTERM stops it within its grace period', code === 0 && Date.now() - since < 8_000, `${code}`);
  } finally {
    app.kill('SIGKILL');
    rmSync(seed);
  }
  const bill: { readonly components: readonly unknown[] } = JSON.parse(
    readFileSync(join(root, 'app/dist/bill-of-materials.cdx.json'), 'utf8'),
  );
  const size = execFileSync('du', ['-sm', join(root, 'app')], { encoding: 'utf8' }).split('\t')[0];
  say(
    `     ${size} MB on top of the base image, ${bill.components.length} packages in its bill of materials`,
  );
}

try {
  const stages = stagesOf(readFileSync(dockerfile, 'utf8'));
  for (const stage of stages) build(stage);
  const image = stages.at(-1);
  if (image !== undefined) await tryImage(image);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

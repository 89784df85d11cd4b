import { readConfig } from '@vestibule/node/environment';
import { MAX_BODY_BYTES } from '@vestibule/http';
import { temporaryFolder } from '@vestibule/testing/folder';
import { DCLinter } from 'dclint';
import { validate } from 'dockerfile-utils';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { BlockList } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { all, last, stagesOf, wordsOf } from '../../real-image/dockerfile.ts';

const folder = new URL('../../deployment/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8');

describe('the Dockerfile', () => {
  const text = read('Dockerfile');
  const stages = stagesOf(text);
  const image = stages.at(-1);
  if (image === undefined) throw new Error('The Dockerfile has no stage.');

  test('has no fault that a linter finds', () => {
    expect(validate(text).map(({ message }) => message)).toEqual([]);
  });

  test('builds in a stage of its own, and pins the base image and pnpm to versions', () => {
    expect(stages.map(({ name }) => name)).toEqual(['build', '']);
    expect(text).toMatch(/^ARG NODE_IMAGE=node:\d+\.\d+\.\d+-\w+-slim$/m);
    const { packageManager } = JSON.parse(
      readFileSync(new URL('../../../package.json', folder), 'utf8'),
    ).devEngines;
    expect(text).toContain(`pnpm@${packageManager.version.slice(1)} install --frozen-lockfile`);
  });

  test('runs as an account that is not root, without a shell, and checks its health without curl', () => {
    expect(last(image, 'USER')).toBe('1000:1000');
    expect(last(image, 'STOPSIGNAL')).toBe('SIGTERM');
    const commands = ['ENTRYPOINT', 'CMD', 'HEALTHCHECK'].map((name) => wordsOf(last(image, name)));
    expect(commands.filter((words) => words.length === 0)).toEqual([]);
    expect(text).not.toMatch(/curl|wget|tini/);
    expect(all(image, 'COPY')).toEqual(['--from=build /app /app']);
  });

  test.each(['.git', '**/*.key', '**/*.db', '**/.env', '**/node_modules', 'apps/reference/deployment'])(
    'the ignore file keeps %s out of the build',
    (pattern) => {
      expect(read('Dockerfile.dockerignore').split('\n')).toContain(pattern);
    },
  );
});

describe('the compose file', () => {
  const compose = parse(read('compose.yaml'));
  const { vestibule, nginx, postgres } = compose.services;

  test('has no fault that a linter finds', () => {
    const linter = new DCLinter({
      rules: {
        // It is built here, and reachable on purpose. The order is that of a reader.
        'no-build-and-image': 0,
        'no-unbound-port-interfaces': 0,
        'service-keys-order': 0,
        'services-alphabetical-order': 0,
        'top-level-properties-order': 0,
      },
      quiet: true,
      debug: false,
      exclude: [],
    });
    const results = linter.lintFiles([fileURLToPath(new URL('compose.yaml', folder))], false);
    expect(results.flatMap(({ messages }: { readonly messages: readonly unknown[] }) => messages)).toEqual(
      [],
    );
  });

  test('sets variables that the app accepts, with every secret in a file', () => {
    const files = temporaryFolder();
    const values: Readonly<Record<string, string>> = {
      'database-url': 'postgres://vestibule:sesame@postgres:5432/vestibule',
      'operator-token': 'sesame'.repeat(6),
    };
    const env: Record<string, string> = { ...vestibule.environment, ISSUER: 'https://id.example' };
    for (const [name, value] of Object.entries(values)) {
      writeFileSync(join(files, name), value);
      expect(vestibule.secrets).toContain(name);
    }
    for (const [name, value] of Object.entries(env)) env[name] = value.replace('/run/secrets', files);
    expect(readConfig(env)).toMatchObject({
      issuer: 'https://id.example',
      database: { kind: 'postgres' },
      operatorToken: values['operator-token'],
      keyEncryption: { from: 'file' },
    });
    expect(JSON.stringify(compose.services)).not.toMatch(/sesame|password@/);
  });

  test('trusts the address of nginx alone, which is the only service with ports', () => {
    expect(vestibule.environment.TRUST_PROXY).toBe(nginx.networks.edge.ipv4_address);
    expect([vestibule.ports, postgres.ports]).toEqual([undefined, undefined]);
    expect(nginx.networks.data).toBeUndefined();
  });

  test('keeps the address of nginx out of the range from which other services get theirs', () => {
    const [{ subnet, ip_range: range }] = compose.networks.edge.ipam.config;
    const has = (network: string): boolean => {
      const [address = '', length] = network.split('/');
      const list = new BlockList();
      list.addSubnet(address, Number(length));
      return list.check(nginx.networks.edge.ipv4_address);
    };
    expect([has(subnet), has(range)]).toEqual([true, false]);
  });

  test('gives the app a read-only file system, no capabilities, and a health check that asks the database', () => {
    expect(vestibule).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    expect(vestibule.security_opt).toContain('no-new-privileges:true');
    expect(vestibule.healthcheck.test.at(-1)).toBe('/readyz');
    expect(nginx.depends_on.vestibule.condition).toBe('service_healthy');
  });

  test('uses the configuration of nginx that is tested', () => {
    expect(existsSync(new URL(compose.configs.nginx.file, folder))).toBe(true);
    const upstream = read('nginx/upstream.conf').replaceAll(/^#.*\n|^ +#.*\n/gm, '');
    const withName = upstream.replace('127.0.0.1:4000', 'vestibule:4000');
    expect(compose.configs.upstream.content).toBe(withName);
  });
});

describe('the proxies', () => {
  const nginx = read('nginx/vestibule.conf');
  const caddy = read('caddy/Caddyfile');
  const { keepAliveTimeout } = createServer();

  test('close an idle connection before the app does', () => {
    for (const text of [read('nginx/upstream.conf'), caddy]) {
      const [, seconds] = /keepalive(?:_timeout)? (\d+)s/.exec(text) ?? [];
      expect(Number(seconds) * 1_000).toBeLessThan(keepAliveTimeout);
    }
  });

  test('let the app refuse a body that is too long', () => {
    const [, kibibytes] = /client_max_body_size (\d+)k;/.exec(nginx) ?? [];
    expect(Number(kibibytes) * 1_024).toBeGreaterThan(MAX_BODY_BYTES);
    expect(caddy).not.toContain('max_size');
  });

  test('redirect to the configured host, whatever Host a client sends', () => {
    expect(nginx.match(/return 308 .*;/g)).toEqual(['return 308 https://$server_name$request_uri;']);
  });

  test('replace the address that a client claims', () => {
    expect(nginx.match(/X-Forwarded-For .*;/g)).toEqual(Array(2).fill('X-Forwarded-For $remote_addr;'));
    expect(nginx).not.toContain('$proxy_add_x_forwarded_for');
    expect(caddy).not.toMatch(/^\s*trusted_proxies/m);
  });
});

test('systemd sets variables that the README describes', () => {
  const readme = readFileSync(new URL('../README.md', folder), 'utf8');
  const unit = read('systemd/vestibule.service');
  const names = [
    unit.match(/^#?Environment=.*$/gm) ?? [],
    read('systemd/vestibule.env').match(/^\w+=/gm) ?? [],
  ]
    .flat()
    .flatMap((line) => [...line.matchAll(/\b([A-Z][A-Z_]+)=/g)].map(([, name = '']) => name))
    .filter((name) => name !== 'NODE_ENV');
  expect(names.length).toBeGreaterThan(4);
  for (const name of names) expect(readme).toContain(`\`${name}\``);
});

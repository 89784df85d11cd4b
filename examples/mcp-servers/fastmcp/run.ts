import { attach } from '@vestibule/example-agent';
import { ADA, startIssuer } from '@vestibule/example-issuer';
import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/** Starts an issuer and the server in Python, and attaches an agent to it. Needs `pip install -r fastmcp/requirements.txt`. */
const [issuerPort, port] = [4010, 4011];
const resource = `http://127.0.0.1:${port}/mcp`;
const { issuer, stop } = await startIssuer(issuerPort, {
  name: 'Who',
  resource,
  scopes: { 'notes:read': 'Read your notes' },
});
const python = spawn(process.env['PYTHON'] ?? 'python3', [`${import.meta.dirname}/server.py`], {
  env: { ...process.env, ISSUER: issuer, PORT: String(port) },
  stdio: ['ignore', 'ignore', 'inherit'],
});
try {
  const refused = await untilItResponds();
  process.stdout.write(`Without a token: ${refused.status} ${refused.headers.get('www-authenticate')}\n`);
  const agent = await attach({ server: new URL(resource), person: ADA });
  const { text, failed } = await agent.call('who');
  await agent.close();
  if (failed) throw new Error(text);
  process.stdout.write(`The agent acts for ${text}.\n`);
} finally {
  python.kill();
  await stop();
}

async function untilItResponds(attempts = 100): Promise<Response> {
  const response = await fetch(resource, { method: 'POST' }).catch(() => undefined);
  if (response !== undefined) return response;
  if (attempts === 0 || python.exitCode !== null) throw new Error('The server in Python did not start.');
  await setTimeout(200);
  return untilItResponds(attempts - 1);
}

// The health check of a container, without curl: `node health.mjs [/healthz]`. Ends with 0 if this computer's server responds with 200.
import { get } from 'node:http';

const [path = '/healthz'] = process.argv.slice(2);
const { HOST: host = '127.0.0.1', PORT: port = '4000' } = process.env;
const everywhere = new Set(['', '0.0.0.0', '::']);
const failed = (reason) => {
  console.error(reason);
  process.exit(1);
};
get(
  { host: everywhere.has(host) ? '127.0.0.1' : host, port: port || '4000', path, timeout: 2_500 },
  (response) => {
    response.resume();
    if (response.statusCode !== 200) failed(`${path} responded with ${response.statusCode}`);
  },
)
  .on('timeout', () => failed(`${path} did not respond`))
  .on('error', ({ message }) => failed(message));

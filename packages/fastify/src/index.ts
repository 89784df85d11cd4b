export { routesPlugin, type RoutesOptions } from './routes-plugin.ts';

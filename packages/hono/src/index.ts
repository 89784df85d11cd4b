export { routesMiddleware, type RoutesOptions } from './routes-middleware.ts';

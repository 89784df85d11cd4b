export { respondsAt, requestedHost, type RequestedUrl } from './host.ts';
export { sendResponse } from './send-response.ts';
export { type NodeServer, serveRoutes, type ServedRoutes } from './serve-routes.ts';
export { requireHosts, type ServedSites, serveSites } from './serve-sites.ts';
export { type Site, siteOf } from './site.ts';
export { discardRest } from './to-body.ts';
export { type NodeRequest, toRequest } from './to-request.ts';

export { type Site, siteOf } from '@vestibule/http/node';
export { createRouter, type RouterOptions } from './router.ts';
export { createSitesRouter, type SitesOptions } from './sites.ts';

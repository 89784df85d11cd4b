export { createRouter, type RouterOptions } from './router.ts';
export { createSitesRouter, type Site, type SitesOptions } from './sites.ts';

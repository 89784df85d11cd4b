export { createRouter, type RouterOptions } from './router.ts';
export { createSitesRouter, type Site, siteOf, type SitesOptions } from './sites.ts';

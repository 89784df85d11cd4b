import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { sidebarOf } from './src/site/sidebar.ts';
import { siteOptions } from './src/site/site-options.ts';

const { base, site } = siteOptions(process.env);

export default defineConfig({
  base,
  ...(site === undefined ? {} : { site }),
  srcDir: './site',
  publicDir: './.site/public',
  outDir: './dist',
  cacheDir: './.site/cache',
  // A page is `start.html`, which every server of files finds, beside `start.md`.
  build: { format: 'file' },
  prefetch: false,
  devToolbar: { enabled: false },
  integrations: [
    // Without an origin there is no sitemap: this takes the place of the one that Starlight would add.
    ...(site === undefined ? [{ name: '@astrojs/sitemap', hooks: {} }] : []),
    starlight({
      title: 'Vestibule',
      description:
        'A self-hosted OAuth 2.1 authorization server for MCP servers and other APIs that AI agents connect to.',
      favicon: '/favicon.svg',
      head: [{ tag: 'script', attrs: { src: `${base}scrolling.js`, defer: true } }],
      customCss: ['./site/site.css'],
      components: { EditLink: './site/EditLink.astro' },
      sidebar: sidebarOf(),
      credits: false,
      // `404.md` is among the pages.
      disable404Route: true,
      expressiveCode: { defaultProps: { frame: 'none' } },
    }),
  ],
});

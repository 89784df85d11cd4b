import type { Vendor } from '@vestibule/core';

/** Tools to write, host, monitor and store software. */
export const cloud: readonly Vendor[] = [
  {
    name: 'GitHub',
    aliases: ['GitHub Copilot'],
    hosts: ['github.com'],
    schemes: ['x-github-client', 'x-github-desktop-auth'],
  },
  { name: 'GitLab', hosts: ['gitlab.com'] },
  { name: 'Vercel', neighbours: ['vergel'], hosts: ['vercel.com', 'v0.dev', 'v0.app'] },
  { name: 'Netlify', hosts: ['netlify.com', 'www.netlify.com', 'app.netlify.com'] },
  { name: 'Cloudflare', hosts: ['cloudflare.com', '*.cloudflare.com'] },
  { name: 'DigitalOcean', hosts: ['digitalocean.com', '*.digitalocean.com'] },
  { name: 'Heroku', hosts: ['heroku.com', '*.heroku.com'] },
  { name: 'Supabase', hosts: ['supabase.com', '*.supabase.com'] },
  {
    name: 'Docker',
    aliases: ['Docker Hub'],
    commonWords: ['Docker'],
    neighbours: ['Dockers', 'docked', 'docken', 'docket', 'Decker', 'Dacker', 'dicker', 'ducker', 'Donker'],
    hosts: ['docker.com', '*.docker.com'],
  },
  { name: 'MongoDB', hosts: ['mongodb.com', '*.mongodb.com'] },
  {
    name: 'Snowflake',
    commonWords: ['Snowflake'],
    neighbours: ['snowflakes'],
    hosts: ['snowflake.com', 'app.snowflake.com'],
  },
  { name: 'Databricks', hosts: ['databricks.com', 'accounts.cloud.databricks.com'] },
  { name: 'Sentry', commonWords: ['Sentry'], neighbours: ['Sentra', 'sestry'], hosts: ['sentry.io'] },
  { name: 'Datadog', hosts: ['datadoghq.com', 'app.datadoghq.com', 'app.datadoghq.eu'] },
  {
    name: 'PagerDuty',
    hosts: ['pagerduty.com', 'www.pagerduty.com', 'app.pagerduty.com', 'identity.pagerduty.com'],
  },
  {
    name: 'Twilio',
    aliases: ['SendGrid'],
    neighbours: ['twill', 'trillo'],
    hosts: ['twilio.com', '*.twilio.com', 'sendgrid.com', 'app.sendgrid.com'],
  },
];

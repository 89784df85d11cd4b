import type { Vendor } from '@vestibule/core';

/** Messengers, mail and social networks. */
export const people: readonly Vendor[] = [
  {
    name: 'Slack',
    aliases: ['Slack Workspace', 'Slack Huddles'],
    commonWords: ['Slack'],
    hosts: ['slack.com', 'app.slack.com', 'api.slack.com'],
    schemes: ['slack'],
  },
  {
    name: 'Discord',
    neighbours: ['discard', 'discoid', 'discorde', 'discordo', 'discorda'],
    hosts: ['discord.com', 'discordapp.com'],
    schemes: ['discord'],
  },
  {
    name: 'Telegram',
    aliases: ['Telegram Messenger'],
    commonWords: ['Telegram', 'Телеграм'],
    neighbours: ['telegrams'],
    hosts: ['telegram.org', '*.telegram.org'],
  },
  { name: 'WhatsApp', hosts: ['whatsapp.com', '*.whatsapp.com'], schemes: ['whatsapp'] },
  {
    name: 'Signal',
    aliases: ['Signal Messenger'],
    commonWords: ['Signal'],
    neighbours: ['signals', 'signale', 'signály', 'sinal', 'Sinai', 'Sygnał'],
    hosts: ['signal.org', '*.signal.org'],
    schemes: ['sgnl'],
  },
  {
    name: 'Zoom',
    aliases: ['Zoom Meetings', 'Zoom Workplace'],
    commonWords: ['Zoom'],
    hosts: ['zoom.us', 'www.zoom.us', 'zoom.com', 'www.zoom.com'],
    schemes: ['zoomus'],
  },
  { name: 'Webex', hosts: ['webex.com', 'www.webex.com', 'idbroker.webex.com'], schemes: ['webexteams'] },
  {
    name: 'WeChat',
    aliases: ['微信', '微信支付'],
    hosts: ['wechat.com', 'www.wechat.com', 'weixin.qq.com', 'open.weixin.qq.com'],
  },
  {
    name: 'KakaoTalk',
    aliases: ['Kakao', '카카오톡', '카카오'],
    hosts: ['kakao.com', 'accounts.kakao.com', 'kauth.kakao.com'],
  },
  { name: 'Viber', hosts: ['viber.com', 'www.viber.com'] },
  {
    name: 'Proton',
    aliases: ['Proton Mail', 'ProtonMail', 'Proton Pass', 'Proton VPN'],
    commonWords: ['Proton'],
    neighbours: ['portón', 'protons', 'photon', 'proto', 'poton'],
    hosts: ['proton.me', '*.proton.me', 'protonmail.com'],
  },
  {
    name: 'Fastmail',
    neighbours: ['fastball'],
    hosts: ['fastmail.com', 'www.fastmail.com', 'app.fastmail.com'],
  },
  {
    name: 'Yahoo',
    aliases: ['Yahoo Mail', 'ヤフー', 'Yahoo! JAPAN'],
    hosts: [
      'yahoo.co.jp',
      'login.yahoo.co.jp',
      'yahoo.com',
      'www.yahoo.com',
      'mail.yahoo.com',
      'login.yahoo.com',
      'api.login.yahoo.com',
    ],
  },
  {
    name: 'Zoho',
    aliases: ['Zoho Mail'],
    hosts: ['zoho.com', 'www.zoho.com', 'accounts.zoho.com', 'mail.zoho.com'],
  },
  {
    name: 'Superhuman',
    commonWords: ['Superhuman'],
    neighbours: ['superhumans'],
    hosts: ['superhuman.com', 'mail.superhuman.com'],
  },
  { name: 'LinkedIn', hosts: ['linkedin.com', 'www.linkedin.com'] },
  {
    name: 'Reddit',
    neighbours: ['reedit', 'redit', 'rendit', 'réduit'],
    hosts: ['reddit.com', 'www.reddit.com'],
  },
  { name: 'TikTok', hosts: ['tiktok.com', '*.tiktok.com'] },
  {
    name: 'Twitter',
    commonWords: ['Twitter'],
    neighbours: ['twitters', 'twister', 'twinter', 'titter'],
    hosts: ['twitter.com', 'x.com', 'api.twitter.com', 'api.x.com'],
  },
  { name: 'Spotify', hosts: ['spotify.com', '*.spotify.com'], schemes: ['spotify'] },
  { name: 'Netflix', hosts: ['netflix.com', '*.netflix.com'] },
];

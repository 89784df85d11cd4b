import type { Vendor } from '@vestibule/core';

/**
 * Vendors whose names are known in the script of their market, each with that name. Names that are also ordinary words there
 * are common ones.
 */
export const markets: readonly Vendor[] = [
  { name: 'Feishu', aliases: ['飞书'], hosts: ['feishu.cn', '*.feishu.cn'] },
  { name: 'DingTalk', aliases: ['钉钉'], hosts: ['dingtalk.com', '*.dingtalk.com'] },
  { name: 'Tencent', aliases: ['腾讯', '騰訊'], hosts: ['tencent.com', 'www.tencent.com'] },
  {
    name: 'Alibaba',
    aliases: ['阿里巴巴', '阿里云'],
    hosts: ['alibaba.com', 'aliyun.com', 'www.aliyun.com'],
  },
  { name: 'Taobao', aliases: ['淘宝'], hosts: ['taobao.com', 'www.taobao.com', 'login.taobao.com'] },
  { name: 'Douyin', aliases: ['抖音'], hosts: ['douyin.com', 'www.douyin.com'] },
  { name: 'ByteDance', aliases: ['字节跳动'], hosts: ['bytedance.com', 'www.bytedance.com'] },
  { name: 'Weibo', aliases: ['微博'], hosts: ['weibo.com', 'passport.weibo.com', 'api.weibo.com'] },
  { name: 'Xiaohongshu', aliases: ['小红书'], hosts: ['xiaohongshu.com', 'www.xiaohongshu.com'] },
  { name: 'Bilibili', aliases: ['哔哩哔哩'], hosts: ['bilibili.com', 'passport.bilibili.com'] },
  { name: 'Huawei', aliases: ['华为'], hosts: ['huawei.com', 'www.huawei.com'] },
  { name: 'Xiaomi', commonWords: ['小米'], hosts: ['mi.com', 'www.mi.com', 'account.xiaomi.com'] },
  { name: 'JD.com', aliases: ['京东'], hosts: ['jd.com', 'www.jd.com', 'passport.jd.com'] },
  { name: 'Meituan', aliases: ['美团'], hosts: ['meituan.com', 'www.meituan.com'] },
  { name: 'Rakuten', aliases: ['楽天'], hosts: ['rakuten.co.jp', 'www.rakuten.co.jp', 'rakuten.com'] },
  { name: 'Mercari', aliases: ['メルカリ'], hosts: ['mercari.com', 'jp.mercari.com'] },
  { name: 'PayPay', aliases: ['ペイペイ'], hosts: ['paypay.ne.jp', 'www.paypay.ne.jp'] },
  { name: 'Nintendo', aliases: ['任天堂', 'ニンテンドー'], hosts: ['nintendo.com', 'accounts.nintendo.com'] },
  { name: 'Coupang', aliases: ['쿠팡'], hosts: ['coupang.com', 'www.coupang.com'] },
  {
    name: 'VK',
    aliases: ['ВКонтакте', 'VKontakte'],
    commonWords: ['VK'],
    hosts: ['vk.com', 'id.vk.com', 'vk.ru'],
  },
  {
    name: 'Sberbank',
    aliases: ['Сбербанк', 'СберБанк Онлайн'],
    commonWords: ['Сбер', 'Sber'],
    hosts: ['sberbank.ru', 'www.sberbank.ru', 'online.sberbank.ru', 'sber.ru'],
  },
  {
    name: 'Tinkoff',
    aliases: ['Тинькофф', 'Т-Банк'],
    hosts: ['tinkoff.ru', 'www.tinkoff.ru', 'tbank.ru', 'www.tbank.ru'],
  },
  {
    name: 'Gosuslugi',
    aliases: ['Госуслуги'],
    hosts: ['gosuslugi.ru', 'www.gosuslugi.ru', 'esia.gosuslugi.ru'],
  },
];

import type { Vendor } from '@vestibule/core';

/** Banks, cards, payment and purses. */
export const money: readonly Vendor[] = [
  {
    name: 'PayPal',
    aliases: ['Venmo'],
    neighbours: ['PayPay', 'papal'],
    hosts: ['paypal.com', '*.paypal.com', 'venmo.com', '*.venmo.com'],
  },
  {
    name: 'Stripe',
    aliases: ['Stripe Checkout', 'Stripe Payments'],
    commonWords: ['Stripe'],
    hosts: ['stripe.com', '*.stripe.com'],
  },
  {
    name: 'Square',
    aliases: ['Cash App'],
    commonWords: ['Square'],
    hosts: ['squareup.com', '*.squareup.com', 'cash.app'],
  },
  { name: 'Plaid', commonWords: ['Plaid'], hosts: ['plaid.com', '*.plaid.com'] },
  { name: 'Klarna', hosts: ['klarna.com', '*.klarna.com'] },
  { name: 'Adyen', hosts: ['adyen.com', '*.adyen.com'] },
  { name: 'Wise', commonWords: ['Wise'], hosts: ['wise.com', '*.wise.com'] },
  {
    name: 'Revolut',
    neighbours: ['revolt', 'revolute', 'révolu', 'révolue'],
    hosts: ['revolut.com', '*.revolut.com'],
    schemes: ['revolut'],
  },
  { name: 'Visa', commonWords: ['Visa'], hosts: ['visa.com', '*.visa.com'] },
  { name: 'Mastercard', hosts: ['mastercard.com', '*.mastercard.com'] },
  { name: 'American Express', aliases: ['Amex'], hosts: ['americanexpress.com', '*.americanexpress.com'] },
  {
    name: 'JPMorgan Chase',
    aliases: ['Chase Bank', 'JPMorgan'],
    commonWords: ['Chase'],
    hosts: ['chase.com', '*.chase.com', 'jpmorganchase.com', '*.jpmorganchase.com'],
  },
  { name: 'Bank of America', hosts: ['bankofamerica.com', '*.bankofamerica.com'] },
  { name: 'Wells Fargo', neighbours: ['Wells Cargo'], hosts: ['wellsfargo.com', '*.wellsfargo.com'] },
  { name: 'Citibank', hosts: ['citi.com', '*.citi.com', 'citibank.com', '*.citibank.com'] },
  { name: 'Capital One', hosts: ['capitalone.com', '*.capitalone.com'] },
  { name: 'HSBC', hosts: ['hsbc.com', '*.hsbc.com', 'hsbc.co.uk', 'www.hsbc.co.uk'] },
  {
    name: 'Barclays',
    neighbours: ['Barclay'],
    hosts: ['barclays.com', 'barclays.co.uk', '*.barclays.co.uk'],
  },
  {
    name: 'Santander',
    commonWords: ['Santander'],
    hosts: ['santander.com', '*.santander.com', 'santander.co.uk', '*.santander.co.uk'],
  },
  { name: 'BNP Paribas', hosts: ['bnpparibas.com', 'group.bnpparibas'] },
  { name: 'Deutsche Bank', hosts: ['db.com', '*.db.com', 'deutsche-bank.de', '*.deutsche-bank.de'] },
  { name: 'Coinbase', hosts: ['coinbase.com', '*.coinbase.com'] },
  { name: 'Binance', hosts: ['binance.com', '*.binance.com'] },
  { name: 'Kraken', commonWords: ['Kraken'], hosts: ['kraken.com', '*.kraken.com'] },
  { name: 'MetaMask', hosts: ['metamask.io', '*.metamask.io'] },
  { name: 'Alipay', aliases: ['支付宝'], neighbours: ['allay'], hosts: ['alipay.com', '*.alipay.com'] },
];

import { linkHost, saysHost } from './link-host';

describe('the host of a link', () => {
  it.each([
    ['https://example.com/log?a=1#b', 'example.com'],
    ['http://EXAMPLE.com:80/', 'example.com'],
    ['https://example.com:8443/', 'example.com:8443'],
    ['https://münchen.example/', 'xn--mnchen-3ya.example'],
    ['https://аpple.com/', 'xn--pple-43d.com'],
    ['https://example.com\\@evil.example/', 'example.com'],
    ['http://[::1]:3000/', '[::1]:3000'],
  ])('of %s is %s', (address, host) => {
    expect(linkHost(address)).toBe(host);
  });

  it.each([
    'https://bank.example@evil.example/',
    'https://a:b@evil.example/',
    'https://:b@evil.example/',
    'javascript:alert(1)',
    '/inbox',
    'https://',
  ])('is null for %s, which the page does not open', (address) => {
    expect(linkHost(address)).toBeNull();
  });

  it.each(['example.com', 'https://example.com', 'http://Example.com/log', ' example.com?a '])(
    'is shown by the text %j',
    (text) => {
      expect(saysHost(text, 'example.com')).toBe(true);
    },
  );

  it.each([
    'here',
    'example.com.evil.example',
    'https://example.com@evil.example/',
    'example.com is fine',
    'xexample.com',
    'еxample.com',
  ])('is not shown by the text %j', (text) => {
    expect(saysHost(text, 'example.com')).toBe(false);
  });
});

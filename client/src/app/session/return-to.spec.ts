import { safeReturnTo } from './return-to';

describe('safeReturnTo', () => {
  it('keeps a path inside the page', () => {
    expect(safeReturnTo('/compose?priority=high')).toBe('/compose?priority=high');
  });

  it.each([
    null,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/sign-in?returnTo=/',
  ])('falls back to the inbox for %p', (returnTo) => {
    expect(safeReturnTo(returnTo)).toBe('/');
  });
});

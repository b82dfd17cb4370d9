import { browserName } from './browser-name';
import { forgetPersons, personalKey } from './personal-keys';

function serveAt(path: string): void {
  document.head.innerHTML = `<base href="${path}">`;
}

describe('browserName', () => {
  afterEach(() => {
    document.head.innerHTML = '';
    localStorage.clear();
  });

  test('is another one below each path of an origin', () => {
    const names = ['/', '/herald/', '/herald/two/'].map((path) => (serveAt(path), browserName('session')));
    expect(names).toEqual(['herald.session', 'herald/herald.session', 'herald/herald/two.session']);
  });

  test('signing out of one Herald leaves the data of another', () => {
    serveAt('/one/');
    const theirs = personalKey('draft', 'ada');
    localStorage.setItem(theirs, '{}');
    serveAt('/');
    localStorage.setItem(personalKey('draft', 'ada'), '{}');
    forgetPersons();
    expect(Object.keys(localStorage)).toEqual([theirs]);
  });
});

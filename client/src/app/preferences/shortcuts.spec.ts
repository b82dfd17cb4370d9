import { Person } from '#app/session/person';
import { TestBed } from '@angular/core/testing';
import { Shortcuts } from './shortcuts';

describe('Shortcuts', () => {
  afterEach(() => localStorage.clear());

  const shortcutsOf = (username: string): Shortcuts => {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [Shortcuts, { provide: Person, useValue: { username } }] });
    return TestBed.inject(Shortcuts);
  };

  test('are on until a person turns them off, in this browser and for this person', () => {
    const shortcuts = shortcutsOf('ada');
    expect(shortcuts.isOn()).toBe(true);
    shortcuts.turn(false);
    expect(shortcuts.isOn()).toBe(false);
    expect(shortcutsOf('bob').isOn()).toBe(true);
    expect(shortcutsOf('ada').isOn()).toBe(false);
    shortcutsOf('ada').turn(true);
    expect(localStorage).toHaveLength(0);
  });
});

import { Session } from '#app/session/session';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Shortcuts } from './shortcuts';

describe('Shortcuts', () => {
  const signedIn = signal<{ username: string } | null>({ username: 'ada' });

  afterEach(() => localStorage.clear());

  test('are on until a person turns them off, in this browser and for this person', () => {
    TestBed.configureTestingModule({ providers: [{ provide: Session, useValue: { signedIn } }] });
    const shortcuts = TestBed.inject(Shortcuts);
    expect(shortcuts.isOn()).toBe(true);
    shortcuts.turn(false);
    expect(shortcuts.isOn()).toBe(false);
    signedIn.set({ username: 'bob' });
    expect(shortcuts.isOn()).toBe(true);
    signedIn.set({ username: 'ada' });
    expect(shortcuts.isOn()).toBe(false);
    shortcuts.turn(true);
    expect(localStorage).toHaveLength(0);
  });
});

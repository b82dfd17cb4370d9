import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { LiveRegion } from './live-region';
import { Spoken } from './spoken';

@Component({ imports: [Spoken], template: `<p appSpoken="assertive">{{ problem() }}</p>` })
class Page {
  readonly problem = signal('');
}

describe('an element with appSpoken', () => {
  const said: string[][] = [];
  beforeEach(() => {
    said.length = 0;
    TestBed.configureTestingModule({
      providers: [{ provide: LiveRegion, useValue: { announce: (...line: string[]) => said.push(line) } }],
    });
  });

  it('announces its text when it changes, and again when it returns', async () => {
    const fixture = TestBed.createComponent(Page);
    const show = (text: string): Promise<unknown> => {
      fixture.componentInstance.problem.set(text);
      return fixture.whenStable();
    };
    await show('');
    expect(said).toEqual([]);
    await show('Not saved');
    await show('Not saved');
    expect(said).toEqual([['Not saved', 'assertive']]);
    await show('');
    await show('Not saved');
    expect(said).toHaveLength(2);
  });
});

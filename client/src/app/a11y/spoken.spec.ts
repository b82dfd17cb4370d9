import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { LiveRegion } from './live-region';
import { Spoken } from './spoken';

@Component({ imports: [Spoken], template: `<p appSpoken="assertive">{{ problem() }}</p>` })
class Page {
  readonly problem = signal('');
}

@Component({
  imports: [Spoken],
  template: `
    <section appSpoken>
      <h2 tabindex="-1">{{ title }}</h2>
      <p>{{ reason }}<b>{{ end }}</b></p>
      <button type="button">{{ retry }}</button>
    </section>
  `,
})
class Failure {
  readonly title = 'Not loaded';
  readonly reason = 'The server is ';
  readonly end = 'busy.';
  readonly retry = 'Try again';
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

  it('announces its headings and paragraphs as sentences, and no button', async () => {
    await TestBed.createComponent(Failure).whenStable();
    expect(said).toEqual([['Not loaded The server is busy.', 'polite']]);
  });

  it('announces nothing if its heading has the focus, which screen readers read', async () => {
    const fixture = TestBed.createComponent(Failure);
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    element.querySelector('h2')!.focus();
    await fixture.whenStable();
    expect(said).toEqual([]);
    element.remove();
  });
});

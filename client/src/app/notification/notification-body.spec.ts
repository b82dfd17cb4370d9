import { TestBed } from '@angular/core/testing';
import { type BodyOf, NotificationBody } from './notification-body';

async function shown(body: BodyOf): Promise<(body: BodyOf) => Promise<HTMLElement>> {
  const fixture = TestBed.createComponent(NotificationBody);
  const element = fixture.nativeElement as HTMLElement;
  const show = async (one: BodyOf): Promise<HTMLElement> => {
    fixture.componentRef.setInput('body', one);
    await fixture.whenStable();
    return element;
  };
  await show(body);
  // Waits until the formatter has loaded.
  for (let turn = 0; turn < 100 && element.querySelector('.formatted') === null; turn++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  return show;
}

describe('the body of a notification', () => {
  it.each([
    ['quotations', '>'.repeat(4000)],
    ['lists', `${'- '.repeat(1999)}x`],
    ['emphasis', '*a '.repeat(666) + ' b*'.repeat(666)],
    ['too much', 'a'.repeat(4001)],
  ])("shows Markdown that can't be formatted (%s) as text, and formats the next message", async (_, message) => {
    const show = await shown({ message: '**First**', markdown: true });
    const element = await show({ message, markdown: true });
    expect(element.querySelector('.formatted')).toBeNull();
    expect(element.querySelector('p.message')!.textContent).toBe(message);
    await show({ message: '**Second**', markdown: true });
    expect(element.querySelector('strong')!.textContent).toBe('Second');
  });

  it('keeps the boxes, headings and alignment of Markdown past the sanitizer', async () => {
    const message = '# Release\n\n- [x] built\n\n|a|\n|-:|\n|1|';
    const element = await (await shown({ message: '**First**', markdown: true }))({ message, markdown: true });
    const found = ['.heading.level-1', '.task[aria-label="Done"]', 'td[align="right"]'];
    expect(found.map((selector) => element.querySelector(selector)?.textContent)).toEqual(['Release', '☑', '1']);
  });
});

import { Answers } from '#app/inbox/answers';
import { TestBed } from '@angular/core/testing';
import { testItem } from '@herald/client/testing';
import type { InboxItem } from '@herald/protocol';
import { NotificationActions } from './notification-actions';

const ITEM = testItem('1', {
  actions: [
    { label: 'Approve', event: 'approve' },
    { label: 'Deny', event: 'deny' },
  ],
});

describe('the actions of a notification', () => {
  const asked: string[] = [];
  /** The server answers the last request. */
  let answer: () => void;
  const answers = {
    act: (id: string, index: number) => {
      asked.push(`${id}/${index}`);
      return new Promise<void>((resolve) => (answer = resolve));
    },
  };

  beforeEach(() => {
    asked.length = 0;
    TestBed.configureTestingModule({ providers: [{ provide: Answers, useValue: answers }] });
  });

  async function shown(item: InboxItem): Promise<{
    show: (item: InboxItem) => Promise<void>;
    text: () => string;
    filled: () => string[];
    press: (label: string) => void;
    settle: () => Promise<void>;
  }> {
    const fixture = TestBed.createComponent(NotificationActions);
    const element = fixture.nativeElement as HTMLElement;
    const show = async (one: InboxItem): Promise<void> => {
      fixture.componentRef.setInput('item', one);
      await fixture.whenStable();
    };
    await show(item);
    const press = (label: string): void =>
      [...element.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === label)!.click();
    const settle = async (): Promise<void> => {
      answer();
      await fixture.whenStable();
    };
    const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
    const filled = (): string[] =>
      [...element.querySelectorAll('.mat-mdc-unelevated-button')].map((one) => inOneLine(one.textContent));
    return { show, press, settle, filled, text: () => inOneLine(element.textContent) };
  }

  it('send one answer for a double click, by the index of the action', async () => {
    const { press, settle } = await shown(ITEM);
    press('Deny');
    press('Deny');
    expect(asked).toEqual(['1/1']);
    await settle();
    press('Deny');
    expect(asked).toEqual(['1/1', '1/1']);
  });

  it('give way to one line once an answer is given, until the person changes it', async () => {
    const { show, press, settle, text } = await shown(ITEM);
    expect(text()).toBe('Approve Deny');
    const at = new Date();
    const acted = { acted: 'Approve', actedEvent: 'approve', actedAt: at.toISOString() };
    await show({ ...ITEM, ...acted });
    const time = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' }).format(at);
    expect(text()).toBe(`You chose Approve, ${time} · Change: 1`);
    press('Change: 1');
    await show({ ...ITEM, ...acted });
    expect(text()).toBe(`You chose Approve, ${time} Approve Deny`);
    press('Deny');
    await settle();
    await show({ ...ITEM, ...acted, acted: 'Deny', actedAt: '2020-01-16T12:00:00.000Z' });
    expect(text()).toMatch(/^You chose Deny, .*Jan 16.* · Change: 1$/);
  });

  it('that come first stand out, unless it must be confirmed or is answered', async () => {
    const { show, filled } = await shown(ITEM);
    expect(filled()).toEqual(['Approve']);
    await show({ ...ITEM, requiresAck: true });
    expect(filled()).toEqual(['Confirm: 1']);
    await show({ ...ITEM, url: 'https://example.com/', acted: 'Deny', actedAt: '2020-01-16T12:00:00.000Z' });
    expect(filled()).toEqual([]);
    await show({ ...ITEM, actions: [], url: 'https://example.com/' });
    expect(filled()).toEqual(['Open link example.com']);
  });
});

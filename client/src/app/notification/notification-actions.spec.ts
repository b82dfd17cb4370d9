import { Answers } from '#app/inbox/answers';
import { TestBed } from '@angular/core/testing';
import type { InboxItem } from '@herald/protocol';
import { NotificationActions } from './notification-actions';

const ITEM: InboxItem = {
  id: '1',
  title: 'Deploy?',
  message: 'Now',
  priority: 'low',
  category: 'test',
  sender: 'ci',
  audience: ['everyone'],
  createdAt: '2026-11-28T12:00:00.000Z',
  read: false,
  archived: false,
  snoozedUntil: null,
  actions: [
    { label: 'Approve', event: 'approve' },
    { label: 'Deny', event: 'deny' },
  ],
};

describe('the actions of a notification', () => {
  const asked: string[] = [];
  const answers = {
    act: (id: string, index: number) => {
      asked.push(`${id}/${index}`);
      return new Promise<void>((resolve) => setTimeout(resolve));
    },
  };

  beforeEach(() => {
    asked.length = 0;
    TestBed.configureTestingModule({ providers: [{ provide: Answers, useValue: answers }] });
  });

  async function shown(item: InboxItem): Promise<{
    element: HTMLElement;
    show: (item: InboxItem) => Promise<void>;
    text: () => string;
    press: (label: string) => void;
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
    return { element, show, press, text: () => element.querySelector('.said')!.textContent };
  }

  it("send one answer for a double click, by the action's index", async () => {
    const { press } = await shown(ITEM);
    press('Deny');
    press('Deny');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(asked).toEqual(['1/1']);
  });

  it('show the current answer and the one it replaced, for this notification only', async () => {
    const { show, press, text } = await shown(ITEM);
    expect(text()).toBe('');
    await show({ ...ITEM, acted: 'Approve' });
    expect(text()).toBe('You chose Approve');
    press('Deny');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(text()).toBe('You chose Approve');
    await show({ ...ITEM, acted: 'Deny' });
    expect(text()).toBe('You chose Deny instead of Approve');
    await show({ ...ITEM, id: '2', acted: 'Deny' });
    expect(text()).toBe('You chose Deny');
  });

  it('mark the chosen one of two actions with the same label', async () => {
    const actions = [
      { label: 'OK', event: 'approve' },
      { label: 'OK', event: 'deny' },
    ];
    const { element } = await shown({ ...ITEM, actions, acted: 'OK', actedEvent: 'deny' });
    expect([...element.querySelectorAll('button')].map((button) => button.getAttribute('aria-pressed'))).toEqual([
      'false',
      'true',
    ]);
  });
});

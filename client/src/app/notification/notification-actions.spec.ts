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
    return { show, press, settle, text: () => element.querySelector('.said')!.textContent };
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

  it('show the current answer and the one it replaced, for this notification only', async () => {
    const { show, press, settle, text } = await shown(ITEM);
    expect(text()).toBe('');
    await show({ ...ITEM, acted: 'Approve' });
    expect(text()).toBe('You chose Approve');
    press('Deny');
    await settle();
    expect(text()).toBe('You chose Approve');
    await show({ ...ITEM, acted: 'Deny' });
    expect(text()).toBe('You chose Deny instead of Approve');
    await show({ ...ITEM, id: '2', acted: 'Deny' });
    expect(text()).toBe('You chose Deny');
  });
});

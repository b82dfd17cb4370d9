import { TestBed } from '@angular/core/testing';
import { FormControl } from '@angular/forms';
import type { Recipients } from '../../../../protocol/recipients';
import { provideIcons } from '../icons';
import { AudienceField } from './audience-field';
import { RecipientsApi } from '../membership/recipients-api';

const OFFERED: Recipients = { everyone: true, users: ['ada'], roles: [], topics: [] };

describe('whom a notification is for', () => {
  let answer: () => Promise<unknown>;
  let chosen: FormControl<string[]>;

  async function open(): Promise<(text: string) => void> {
    const { promise: asked, resolve: ask } = Promise.withResolvers<null>();
    const { promise: first, resolve } = Promise.withResolvers<Recipients>();
    const find = (): Promise<Recipients> => {
      ask(null);
      return first;
    };
    TestBed.configureTestingModule({ providers: [provideIcons(), { provide: RecipientsApi, useValue: { find } }] });
    chosen = new FormControl<string[]>([], { nonNullable: true });
    const page = TestBed.createComponent(AudienceField);
    page.componentRef.setInput('control', chosen);
    await page.whenStable();
    await asked;
    answer = async () => {
      resolve(OFFERED);
      await first;
      await page.whenStable();
    };
    const field = (page.nativeElement as HTMLElement).querySelector('input')!;
    return (text: string) => {
      field.value = text;
      field.dispatchEvent(new Event('input'));
    };
  }

  it('is everyone from the first answer on, for who may send to everyone', async () => {
    await open();
    await answer();
    expect(chosen.value).toEqual(['everyone']);
  });

  it('takes a word that ends with a space for somebody, also from a phone, which tells no keys', async () => {
    const type = await open();
    type('ada ');
    type('bob');
    await answer();
    expect(chosen.value).toEqual(['user:ada']);
  });

  it('is not everyone any more once somebody is named, and both where everyone is named too', async () => {
    const type = await open();
    await answer();
    type('ada ');
    expect(chosen.value).toEqual(['user:ada']);
    type('everyone ');
    expect(chosen.value).toEqual(['user:ada', 'everyone']);
  });

  it('is not everyone beside a name that is being typed when the first answer comes', async () => {
    const type = await open();
    type('ad');
    await answer();
    expect(chosen.value).toEqual([]);
  });
});

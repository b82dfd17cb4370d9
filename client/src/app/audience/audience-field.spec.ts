import { TestBed } from '@angular/core/testing';
import { FormControl } from '@angular/forms';
import { HeraldApi } from '@herald/client/api';
import type { Recipients } from '@herald/protocol';
import { AudienceField } from './audience-field';

const OFFERED: Recipients = { everyone: true, users: ['ada'], roles: [], topics: [] };

describe('the audience field', () => {
  let answer: () => Promise<unknown>;
  let chosen: FormControl<string[]>;

  async function open(): Promise<(text: string) => void> {
    const { promise: asked, resolve: ask } = Promise.withResolvers<null>();
    const { promise: first, resolve } = Promise.withResolvers<Recipients>();
    const recipients = (): Promise<Recipients> => {
      ask(null);
      return first;
    };
    TestBed.configureTestingModule({ providers: [{ provide: HeraldApi, useValue: { recipients } }] });
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

  it('starts with everyone after the first answer if the sender may broadcast', async () => {
    await open();
    await answer();
    expect(chosen.value).toEqual(['everyone']);
  });

  it('turns a word into a recipient at the space, also on a phone without key events', async () => {
    const type = await open();
    type('ada ');
    type('bob');
    await answer();
    expect(chosen.value).toEqual(['user:ada']);
  });

  it('drops everyone once a person is added, and keeps both when everyone is added again', async () => {
    const type = await open();
    await answer();
    type('ada ');
    expect(chosen.value).toEqual(['user:ada']);
    type('everyone ');
    expect(chosen.value).toEqual(['user:ada', 'everyone']);
  });

  it('does not add everyone while a name is being typed when the first answer arrives', async () => {
    const type = await open();
    type('ad');
    await answer();
    expect(chosen.value).toEqual([]);
  });
});

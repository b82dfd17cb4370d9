import { MembershipStore } from '#app/membership/membership-store';
import { UndoBar } from '#app/undo/undo-bar';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { HeraldApi } from '@herald/client/api';
import { Topics } from './topics';

describe('the topics of the settings', () => {
  it('says that there are none only once that is known', async () => {
    const topics = signal<readonly string[] | null>(null);
    TestBed.configureTestingModule({
      providers: [
        { provide: MembershipStore, useValue: { topics } },
        { provide: HeraldApi, useValue: {} },
        { provide: UndoBar, useValue: {} },
      ],
    });
    const fixture = TestBed.createComponent(Topics);
    const text = async (): Promise<string> => {
      await fixture.whenStable();
      return (fixture.nativeElement as HTMLElement).textContent;
    };
    const none = 'You don’t follow any topics yet.';
    expect(await text()).not.toContain(none);
    topics.set([]);
    expect(await text()).toContain(none);
    topics.set(['builds']);
    expect(await text()).not.toContain(none);
    expect(await text()).toContain('builds');
  });
});

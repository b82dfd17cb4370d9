import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { Account } from '@herald/protocol';
import { PeopleApi } from './people-api';

describe('the list of people', () => {
  test('is read in pages until one is not full', async () => {
    TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
    const requests = TestBed.inject(HttpTestingController);
    const accounts = Array.from({ length: 201 }, (_, n): Account => ({ username: `u${n}`, roles: [], topics: [] }));
    const listed = TestBed.inject(PeopleApi).list();
    const answer = (after: string, page: Account[]): void =>
      requests.expectOne((request) => request.params.get('after') === after).flush(page);
    answer('', accounts.slice(0, 200));
    await Promise.resolve();
    answer('u199', accounts.slice(200));
    expect(await listed).toEqual(accounts);
    requests.verify();
  });
});

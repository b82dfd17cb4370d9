import { createEnvironmentInjector, type EnvironmentInjector } from '@angular/core';
import { provideToastr, ToastrService } from 'ngx-toastr';
import { SpokenArrivals } from './attention/spoken-arrivals';
import { ToastFeed } from './toasts/toast-feed';

/** Shows and says what arrives, from now on and what has arrived before, for as long as the page is open. */
export function startAnnouncing(page: EnvironmentInjector): void {
  const toastr = provideToastr({ newestOnTop: false, disableTimeOut: true, tapToDismiss: false });
  page.get(SpokenArrivals);
  createEnvironmentInjector([toastr, ToastrService, ToastFeed], page).get(ToastFeed);
}

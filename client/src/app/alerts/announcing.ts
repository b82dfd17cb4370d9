import { createEnvironmentInjector, type EnvironmentInjector } from '@angular/core';
import { provideToastr, ToastrService } from 'ngx-toastr';
import { ArrivalAnnouncements } from './arrival-announcements';
import { ToastFeed } from './toasts/toast-feed';

/** Shows and announces arrivals, including earlier ones, while the page is open. */
export function startAnnouncing(page: EnvironmentInjector): void {
  const toastr = provideToastr({ newestOnTop: false, disableTimeOut: true, tapToDismiss: false });
  page.get(ArrivalAnnouncements);
  createEnvironmentInjector([toastr, ToastrService, ToastFeed], page).get(ToastFeed);
}

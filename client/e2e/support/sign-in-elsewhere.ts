import type { BrowserContext } from '@playwright/test';

/** Signs in in another tab. @param token of that person */
export async function signInElsewhere(context: BrowserContext, username: string, token: string): Promise<void> {
  const other = await context.newPage();
  await other.goto('/config.json');
  await other.evaluate(
    (who) => {
      const session = { ...who, expiresAt: Date.now() + 3_600_000, isDemo: false };
      localStorage.setItem('herald.session', JSON.stringify(session));
    },
    { username, token },
  );
}

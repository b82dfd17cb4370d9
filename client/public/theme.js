// Applies the theme that this browser has chosen. Before the first paint: a page that changes its colours afterwards
// flashes. The content security policy allows no script in index.html.
(() => {
  const base = document.querySelector('base').getAttribute('href').replace(/\/$/, '');

  globalThis.applyHeraldTheme = () => {
    const { documentElement: html } = document;
    try {
      html.dataset.theme = localStorage.getItem(`herald${base}.theme`) ?? 'system';
    } catch {
      html.dataset.theme = 'system';
    }
    const chosen = ['light', 'dark'].find((theme) => theme === html.dataset.theme);
    for (const meta of document.querySelectorAll('meta[name=theme-color]')) {
      const { scheme } = meta.dataset;
      meta.media = chosen === undefined ? `(prefers-color-scheme: ${scheme})` : scheme === chosen ? 'all' : 'not all';
    }
  };

  globalThis.applyHeraldTheme();
  addEventListener('storage', globalThis.applyHeraldTheme);
})();

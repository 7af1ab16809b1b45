// Shows that a page is also in the language that a reader prefers. What was chosen or declined stays
// in this browser, under one key, and is sent nowhere.

const KEY = "newsroom-language";
const all = document.querySelector("[data-nr-suggestions]");

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // A browser that keeps nothing still shows the page.
  }
}

function remember(language) {
  try {
    localStorage.setItem(KEY, language);
  } catch {}
}

const base = (tag) => tag.toLowerCase().split("-")[0];

// A choice of a language in the switcher, or of the suggested one, holds from then on.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".nr-languages a[hreflang], .nr-suggestion a[hreflang]");
  if (link) remember(link.hreflang);
});

if (all) {
  const here = all.dataset.nrSuggestions;
  const choice = remembered();
  // The first language of the reader's that this page is in, the shown one or another.
  for (const wanted of choice ? [choice] : navigator.languages) {
    if (base(wanted) === base(here)) break;
    const bar = [...all.children].find((each) => base(each.lang) === base(wanted));
    if (!bar) continue;
    bar.hidden = false;
    bar.querySelector("button").addEventListener("click", () => {
      remember(here);
      bar.hidden = true;
      document.getElementById("content")?.focus({ preventScroll: true });
    });
    break;
  }
}

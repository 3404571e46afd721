// What every page has: the day in its head, the section it is in, and a page for no connection.

const { lang } = document.documentElement;
const DAY = { weekday: "long", year: "numeric", month: "long", day: "numeric" };

const today = document.querySelector(".today");
if (today) {
  // On its own, so that the reader's finger is never waited for long.
  setTimeout(() => (today.textContent = new Intl.DateTimeFormat(lang || "en", DAY).format()));
}

// On a telephone the row of sections is wider than the window.
const row = document.querySelector(".sections ul");
const here = row?.querySelector("[aria-current]");
if (here) {
  const [outer, inner] = [row.getBoundingClientRect(), here.getBoundingClientRect()];
  row.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
}

addEventListener("load", () => {
  navigator.serviceWorker?.register("/service-worker.js").catch(() => {}); // then without one
});

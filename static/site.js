// What every page has: the day in its head, the section it is in, and a page for no connection.

const { lang } = document.documentElement;
const DAY = { weekday: "long", year: "numeric", month: "long", day: "numeric" };

// The day is in wide windows only, and a telephone would take 20 ms to know how to write it.
const today = document.querySelector(".today");
const wide = matchMedia("(min-width: 48rem)");

function tellDay() {
  if (!wide.matches) return;
  wide.removeEventListener("change", tellDay);
  today.textContent = new Intl.DateTimeFormat(lang || "en", DAY).format();
}

if (today) {
  wide.addEventListener("change", tellDay);
  setTimeout(tellDay); // on its own, so that the reader's finger is never waited for long
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

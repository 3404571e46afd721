// What somebody may be looking for, beneath a search field while they type: a combobox whose list
// holds links. Without this the form works all the same.

const WAIT = 150; // milliseconds after the last key
const SHORTEST = 2;

function make(name, more) {
  return Object.assign(document.createElement(name), more);
}

class Suggest {
  constructor(input, number) {
    this.input = input;
    this.at = -1;
    this.list = make("ul", { id: `suggestions-${number}`, className: "suggestions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.suggested);
    const told = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    };
    for (const [name, value] of Object.entries(told)) input.setAttribute(name, value);
    input.after(this.list);
    input.addEventListener("input", () => this.typing());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    // Pressing an option must not take the focus out of the field before it is followed.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.follow(event.target.closest("li")));
  }

  get options() {
    return [...this.list.children];
  }

  typing() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    if (this.input.value.trim().length < SHORTEST) {
      this.close();
      return;
    }
    this.waiting = setTimeout(() => this.ask(this.input.value), WAIT);
  }

  async ask(text) {
    this.asking = new AbortController();
    const { signal } = this.asking;
    const query = new URLSearchParams({ q: text });
    try {
      const answer = await fetch(`${this.input.dataset.suggest}?${query}`, { signal });
      if (answer.ok) this.show((await answer.json()).suggestions);
    } catch {
      // Typed on: the next question is waiting already. Else there is no connection.
      if (!signal.aborted) this.close();
    }
  }

  show(suggestions) {
    const chosen = this.options[this.at]?.dataset.url;
    this.list.replaceChildren(...suggestions.map((each, n) => this.option(each, n)));
    this.choose(suggestions.findIndex(({ url }) => url === chosen));
    const open = suggestions.length > 0 && document.activeElement === this.input;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  option({ kind, text, url, lang, dir }, number) {
    const item = make("li", { id: `${this.list.id}-${number}` });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.url = url;
    if (kind) item.append(make("small", { textContent: kind }), " ");
    item.append(make("span", { textContent: text, lang, dir }));
    return item;
  }

  close() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.choose(-1);
  }

  choose(number) {
    this.at = number;
    this.options.forEach((item, n) => item.setAttribute("aria-selected", String(n === number)));
    const chosen = this.options[number];
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    else this.input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  follow(item) {
    if (item) location.assign(item.dataset.url);
  }

  pressed(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && this.list.hidden) {
      this.typing();
      return;
    }
    if (this.list.hidden) return;
    const count = this.options.length + 1; // one place more: the field itself
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.choose(((this.at + 1 + step + count) % count) - 1);
    else if (event.key === "Enter" && this.at >= 0) this.follow(this.options[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }
}

document.querySelectorAll("input[data-suggest]").forEach((input, n) => new Suggest(input, n));

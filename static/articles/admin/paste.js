// What word processors leave in a paste, and no story needs.

const HEADINGS = { h1: "h2", h4: "h3", h5: "h3", h6: "h3" } // as articles/prose/markup.py does

const rename = (element, name) => {
  const other = document.createElement(name)
  other.append(...element.childNodes)
  element.replaceWith(other)
  return other
}

// Word writes a list as paragraphs that carry their own bullets or numbers.
function lists(body) {
  for (const mark of body.querySelectorAll("[style*='mso-list:Ignore' i]")) {
    const item = mark.closest("p")
    const kind = /^[\s\u00a0]*(\d+|[a-z]|[ivx]+)[.)]/i.test(mark.textContent) ? "ol" : "ul"
    mark.remove()
    if (!item) continue
    const before = item.previousElementSibling
    const list = before?.dataset.fromWord === kind ? before : document.createElement(kind)
    list.dataset.fromWord = kind
    if (list !== before) item.before(list)
    const row = document.createElement("li")
    list.append(row)
    row.append(item)
  }
}

export function tidy(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html")
  for (const br of body.querySelectorAll(":scope > br, :scope > b > br")) br.remove()
  for (const p of body.querySelectorAll("p, div")) {
    if (!p.textContent.trim() && !p.querySelector("img")) p.remove()
  }
  for (const [name, other] of Object.entries(HEADINGS)) {
    for (const heading of body.querySelectorAll(name)) rename(heading, other)
  }
  lists(body)
  for (const a of body.querySelectorAll("a[href*='google.com/url?']")) {
    a.href = new URL(a.href).searchParams.get("q") || a.href
  }
  return body.innerHTML
}

// What is saved, beside the form: opened when it is wanted, there again after each save.

const pane = document.querySelector("#preview")
const toggle = document.querySelector(".preview-toggle")
const form = document.querySelector("#article_form")
const WIDTHS = { phone: 390, desktop: 1280 } // of the page in it, in pixels
// Private windows and strict settings have no storage, and throw when it is only looked at; a full
// one when it is written to. Then nothing is remembered.
const trying = (act) => {
  try {
    return act()
  } catch {
    return null
  }
}
const kept = {
  get: (name) => trying(() => sessionStorage.getItem(`preview:${name}`)),
  set: (name, value) => trying(() => sessionStorage.setItem(`preview:${name}`, value)),
}

function fit() {
  const box = pane.querySelector(".preview-page")
  const frame = box.querySelector("iframe")
  const width = WIDTHS[pane.dataset.width]
  const scale = Math.min(1, box.clientWidth / width)
  frame.style.width = `${width}px`
  frame.style.height = `${box.clientHeight / scale}px`
  frame.style.transform = `scale(${scale})`
}

function widen(width) {
  pane.dataset.width = width
  kept.set("width", width)
  for (const button of pane.querySelectorAll("[data-width]")) {
    button.setAttribute("aria-pressed", button.dataset.width === width)
  }
  fit()
}

function load() {
  const frame = pane.querySelector("iframe")
  if (frame.getAttribute("src")) frame.contentWindow.location.reload()
  else frame.src = frame.dataset.src
}

// The place one was reading at is found again after a save.
function remember() {
  const { contentWindow } = pane.querySelector("iframe")
  if (!pane.hidden) kept.set("place", `${location.pathname} ${contentWindow.scrollY}`)
}

function restore() {
  const [path, y] = (kept.get("place") ?? "").split(" ")
  if (path === location.pathname) pane.querySelector("iframe").contentWindow.scrollTo(0, Number(y))
}

function open(isOpen) {
  pane.hidden = !isOpen
  document.body.classList.toggle("with-preview", isOpen)
  toggle.setAttribute("aria-expanded", isOpen)
  kept.set("open", isOpen ? location.pathname : "")
  if (!isOpen) return
  widen(kept.get("width") in WIDTHS ? kept.get("width") : "phone")
  if (!pane.querySelector("iframe").getAttribute("src")) load()
}

function start() {
  pane.querySelector("iframe").addEventListener("load", restore)
  toggle.addEventListener("click", (event) => {
    event.preventDefault()
    open(pane.hidden)
    if (!pane.hidden) pane.querySelector("[aria-pressed=true]").focus()
  })
  pane.querySelector(".preview-close").addEventListener("click", (event) => {
    event.preventDefault()
    open(false)
    toggle.focus()
  })
  pane.querySelector(".preview-again").addEventListener("click", load)
  for (const button of pane.querySelectorAll("[data-width]")) {
    button.addEventListener("click", () => widen(button.dataset.width))
  }
  new ResizeObserver(() => pane.hidden || fit()).observe(pane)
  form.addEventListener("input", () => (pane.querySelector(".preview-behind").hidden = false))
  form.addEventListener("submit", remember)
  for (const each of pane.querySelectorAll(".scripted")) each.hidden = false
  if (!pane.hidden || kept.get("open") === location.pathname) open(true)
}

if (pane && toggle && form) start()

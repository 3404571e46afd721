// What keeps a story from being saved: in view, in words, and one keystroke from its place.

const problems = document.querySelector(".problems")
const tabOf = (block) =>
  document.querySelector(`.tabs.regions > .tab[data-region="${block?.dataset.region}"]`)

// What can be typed into at this place: the field itself is hidden behind an editor or a search box.
function typedInto(target) {
  if (target.matches("textarea")) {
    const editor = target.parentElement.querySelector(".ProseMirror[contenteditable]")
    if (editor) return editor
  }
  if (target.matches("select")) {
    return target.parentElement.querySelector(".select2-selection") ?? target
  }
  if (target.matches("input, textarea, select")) return target
  return target.querySelector("textarea, input:not([type=hidden]), .select2-selection") ?? target
}

function show(target) {
  const block = target.closest(".order-machine > .inline-related")
  tabOf(block)?.click()
  block?.classList.remove("collapsed")
  const field = typedInto(target)
  field.focus({ preventScroll: true })
  const row = target.closest(".form-row, .picture") ?? target
  row.scrollIntoView({ block: "center" })
}

// What a screen reader hears at the field: Django tells it of plain ones only.
function describe(list) {
  const row = list.closest(".form-row, .picture > div")
  const field = row?.querySelector("textarea, select, input:not([type=hidden])")
  if (!field) return
  list.id ||= `${field.id}_error`
  for (const each of new Set([field, typedInto(field)])) {
    const known = each.getAttribute("aria-describedby") ?? ""
    if (!known.includes(list.id)) each.setAttribute("aria-describedby", `${known} ${list.id}`.trim())
    each.setAttribute("aria-invalid", "true")
  }
}

function start() {
  document.querySelectorAll(".errorlist").forEach(describe)
  const first = problems?.querySelector("a[href^='#']")
  problems?.addEventListener("click", (event) => {
    const target = event.target.closest("a") && document.getElementById(event.target.hash.slice(1))
    if (!target) return
    event.preventDefault()
    show(target)
  })
  // After content-editor has scrolled to where the page was before the save.
  if (first) setTimeout(() => first.click(), 400)
  else document.querySelector(".restored")?.focus()
}

if (problems || document.querySelector(".restored")) {
  document.addEventListener("content-editor:ready", start)
}
